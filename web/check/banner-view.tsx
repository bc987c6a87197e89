import type { ComponentChildren } from "preact";
import { Banner } from "../ui/controls.tsx";
import { useLanguage } from "../ui/text.ts";
import type { CheckBanner } from "./banner.ts";

/** The banner over a result: shape, word and colour say the same. @param children what can be done about it */
export function BannerView({ banner, children }: { banner: CheckBanner; children?: ComponentChildren }) {
  const language = useLanguage();
  return (
    <Banner tone={banner.tone} title={banner.title[language]}>
      {banner.also.map((also) => (
        <p key={also.vi} class="banner-also">
          {also[language]}
        </p>
      ))}
      {children}
    </Banner>
  );
}
