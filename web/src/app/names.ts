import type { Language, Words } from "./words";

type Table = Readonly<Record<string, string>>;

interface Names {
  readonly heads: Table;
  /** Labels that mean the same in every head. */
  readonly labels: Table;
  /** Labels that mean this in one head only. */
  readonly own: Readonly<Record<string, Table>>;
  readonly years: (first: string, last: string) => string;
  readonly under: (years: string) => string;
  readonly from: (years: string) => string;
}

const english: Names = {
  heads: {},
  labels: { disgust: "Disgusted", fear: "Afraid", surprise: "Surprised" },
  own: {
    mask: masks("Mask worn", "Mask worn wrongly", "No mask"),
    race: { Latino_Hispanic: "Latino or Hispanic" },
  },
  years: (first, last) => `${first}–${last}`,
  under: (years) => `Under ${years}`,
  from: (years) => `${years} and over`,
};

const korean: Names = {
  heads: {
    emotion: "감정",
    gender: "성별",
    age: "나이",
    "age group": "연령대",
    mask: "마스크",
    race: "인종",
    class: "분류",
  },
  labels: {
    angry: "분노",
    disgust: "혐오",
    fear: "두려움",
    happy: "기쁨",
    sad: "슬픔",
    surprise: "놀람",
    neutral: "무표정",
    male: "남성",
    female: "여성",
  },
  own: {
    mask: masks("마스크 착용", "마스크 잘못 착용", "마스크 미착용"),
    race: {
      Black: "흑인",
      "East Asian": "동아시아인",
      Indian: "인도인",
      Latino_Hispanic: "라틴계",
      "Middle Eastern": "중동인",
      "Southeast Asian": "동남아시아인",
      White: "백인",
    },
  },
  years: (first, last) => `${first}~${last}세`,
  under: (years) => `${years}세 미만`,
  from: (years) => `${years}세 이상`,
};

const NAMES: Readonly<Record<Language, Names>> = { en: english, ko: korean };

/** As the readers of `train/data` and the folders of public data sets have them. */
function masks(worn: string, wrong: string, none: string): Table {
  return {
    worn,
    mask: worn,
    with_mask: worn,
    wrong,
    incorrect: wrong,
    mask_weared_incorrect: wrong,
    none,
    "no mask": none,
    without_mask: none,
  };
}

export function headName(head: string, { code }: Pick<Words, "code">): string {
  return found(NAMES[code].heads, head) ?? asItIs(head);
}

/** A label in the visitor's language; one of several put together ("worn, male, <30") part by part. */
export function labelName(label: string, head: string, { code }: Pick<Words, "code">): string {
  const names = NAMES[code];
  const own = found(names.own[head] ?? {}, label) ?? found(names.labels, label);
  const aged = /^age\b/.test(head) ? ageName(label, names) : undefined;
  return own ?? aged ?? together(label, names) ?? asItIs(label);
}

/** FairFace's age groups, and those that `train` makes of years. */
function ageName(label: string, { years, under, from }: Names): string | undefined {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(label) ?? [];
  if (first && last) return years(first, last);
  const [, end] = /^<(\d+)$/.exec(label) ?? [];
  if (end) return under(end);
  // "more than 70" has those of 70, too.
  const [, begin] = /^(?:>=|more than )(\d+)$/.exec(label) ?? [];
  return begin && from(begin);
}

function together(label: string, names: Names): string | undefined {
  const parts = label.split(", ");
  const named = parts.map((part) => partName(part, names));
  if (parts.length < 2 || named.every((name) => name === undefined)) return undefined;
  return named.map((name, i) => name ?? asItIs(parts[i] as string)).join(" · ");
}

/** Its head is not told. */
function partName(part: string, names: Names): string | undefined {
  const tables = [names.labels, ...Object.values(names.own)];
  return tables.map((table) => found(table, part)).find(Boolean) ?? ageName(part, names);
}

function found(table: Table, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** A name that this page has no word for is shown as the contract has it, capitalised like ours. */
function asItIs(name: string): string {
  return name.replace(/^./u, (first) => first.toUpperCase());
}
