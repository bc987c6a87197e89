import { CheckScreen } from "../check/screen.tsx";
import { openSite } from "../ui/site.tsx";

openSite("check", CheckScreen);
