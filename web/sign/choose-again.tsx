import { useState } from "preact/hooks";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Banner, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { FileButton } from "./file-screen.tsx";
import { shownName } from "./names.ts";
import { restoreFile } from "./own-file.ts";
import type { ScreenProps } from "./screens.tsx";

/** The browser has lost a file, or never had room for it: the same file makes everything as it was. */
export function ChooseAgain({ desk, attempt }: ScreenProps) {
  const text = useText(SIGN);
  const [other, setOther] = useState(false);
  const missing = attempt.documents.find(({ file }) => file === undefined);
  if (missing === undefined) return null;
  const choose = async (file: File) => setOther(!(await restoreFile(desk, attempt, missing, file)));
  return (
    <>
      <ScreenHeading>{text("againHeading")}</ScreenHeading>
      <p>{text("againWhy", { name: shownName(missing.fileName) })}</p>
      {other && <Banner tone="bad" title={text("againOther")} urgent />}
      <FileButton label={text("chooseFile")} onFile={(file) => void choose(file)} primary />
    </>
  );
}
