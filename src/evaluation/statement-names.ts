/** Words with a capital that are no names, or say too little to be changed. */
const NO_NAME =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day|The|This|That|These|I|A|An|He|She|It|They|We|In|On|At|By|No|Mr|Mrs|Dr|St|Both|Please|Doctor|Secretary|Ministers?|President|General|King)$/;
const RUN = /(?<![\p{L}\p{N}.'’-])\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2}(?![\p{L}\p{N}'’-])/gu;

/** Runs of one to three capitalised words, not those that only begin the sentence, by a rule apart from the one that is measured. */
export function wordsWithNames(text: string): RegExpExecArray[] {
  return [...text.matchAll(RUN)].filter(({ 0: name, index }) => {
    const words = name.split(" ");
    const isPlain = words.some((word) => NO_NAME.test(word.replace(/['’]s$/, "")));
    return !isPlain && (index > 0 || words.length > 1) && name.length > 3;
  });
}
