import { SIGN } from "../../lib/text/web/sign.ts";
import { useLanguage, useText } from "../ui/text.ts";
import { LARGEST_FILE } from "./limits.ts";
import { sizeText } from "./size.ts";

/** How large a file is that was not taken, and how large it may be. @param size octets */
export function TooLarge({ size }: { size: number }) {
  const text = useText(SIGN);
  const language = useLanguage();
  return <p>{text("tooLarge", { size: sizeText(size, language), most: sizeText(LARGEST_FILE, language) })}</p>;
}
