import { SignApp } from "../sign/sign-app.tsx";
import { openSite } from "../ui/site.tsx";

openSite("sign", SignApp);
