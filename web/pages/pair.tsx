import { PairScreen } from "../assist/pair-screen.tsx";
import { openSite } from "../ui/site.tsx";

openSite("pair", PairScreen);
