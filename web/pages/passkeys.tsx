import { PasskeysScreen } from "../passkeys/screen.tsx";
import { openSite } from "../ui/site.tsx";

openSite("passkeys", PasskeysScreen);
