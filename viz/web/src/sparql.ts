// The page on which questions are written; without scripts its form asks for a file.
import { Workbench } from "./workbench/start";

new Workbench().begin();
