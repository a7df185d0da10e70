// Prints measurements on the terminal. A missed target is a result, not a failure.

/** One claim about the speed of a page, with its samples. */
export interface Figure {
  claim: string;
  /** Largest acceptable median. */
  aim: number;
  unit: string;
  samples: number[];
}

/** Prints a claim: target, median, minimum to maximum, verdict. */
export function print({ claim, aim, unit, samples }: Figure): void {
  const middle = median(samples);
  const range = `${rounded(Math.min(...samples))}–${rounded(Math.max(...samples))}`;
  const verdict = middle <= aim ? "met" : "MISSED";
  const count = `${samples.length} samples`;
  console.log(`${claim}: ${rounded(middle)}${unit} (${range}, ${count}) ≤ ${aim}${unit} ${verdict}`);
}

/** The median; for an even number of samples the mean of the two middle ones. */
function median(samples: number[]): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const half = sorted.length / 2;
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return middle.reduce((sum, sample) => sum + sample, 0) / middle.length;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
