// The map's page: the partners, or the whole world added up.
import { startOverview } from "./world/overview";
import { startPartners } from "./world/partners";

if (document.querySelector("[data-world]")) startOverview();
else startPartners();
