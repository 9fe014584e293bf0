/** How often a screen has kept an old answer because a new one could not be had. */
let count = 0;

export const countMissedAnswer = () => {
  count += 1;
};

export const missedAnswers = () => count;
