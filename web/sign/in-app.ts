/** Programs that show pages inside themselves, by what they write into the user agent: Zalo, Facebook, Messenger, Instagram, Line, WeChat, TikTok, Android's WebView. */
const INSIDE = /\b(?:Zalo|FBAN|FBAV|FB_IAB|Instagram|Line\/|MicroMessenger|musical_ly|TikTok)|; wv\)/i;

/** Whether the page seems to be open inside another program, from which a log-in may not find its way back. */
export function isInAppBrowser(userAgent: string): boolean {
  return INSIDE.test(userAgent);
}
