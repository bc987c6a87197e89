import { HistoryScreen } from "../history/screen.tsx";
import { openSite } from "../ui/site.tsx";

openSite("history", HistoryScreen);
