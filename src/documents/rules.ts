/** Names the rules by which files become passages; it changes with them, so that an index made by others is rebuilt. */
export const PARSING_RULES_VERSION = "documents-6";
