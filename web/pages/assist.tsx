import { OfficerScreen } from "../assist/officer-screen.tsx";
import { openSite } from "../ui/site.tsx";

openSite("assist", OfficerScreen);
