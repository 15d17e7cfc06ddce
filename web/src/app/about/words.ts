import type { BackendName } from "../../lib";

export interface AboutWords {
  readonly title: string;
  readonly lead: readonly string[];
  readonly privacy: string;
  readonly kept: string;
  readonly rule: string;
  readonly yourself: string;
  /** What stands between backticks is to be typed. */
  readonly checks: readonly { readonly name: string; readonly text: string }[];
  readonly policy: string;
  readonly report: string;
  readonly install: string;
  readonly installHint: string;
  readonly licences: string;
  readonly waiting: string;
  readonly missing: string;
  readonly model: string;
  readonly kind: (size: number, labels: number) => string;
  readonly facts: Readonly<Record<FactName, string>>;
  readonly grey: string;
  readonly colour: string;
  readonly downloaded: (size: string) => string;
  readonly earned: string;
  readonly ofHundred: (right: number, labels: number, chance: number) => string;
  readonly accuracy: string;
  readonly macroF1: string;
  readonly macroRecall: string;
  readonly inTorch: string;
  readonly inChromium: string;
  readonly label: string;
  readonly pictures: string;
  readonly recallTorch: string;
  readonly recallChromium: string;
  readonly figuresNote: string;
  readonly measuredTwice: string;
  readonly perLabel: (head: string) => string;
  readonly unsure: string;
  readonly threshold: (percent: string) => string;
  readonly unfamiliar: string;
  readonly temperature: (temperature: string) => string;
  /** Of a model of several heads, whose numbers stand in a table. */
  readonly thresholds: string;
  readonly temperatures: string;
  readonly attribute: string;
  readonly thresholdName: string;
  readonly temperatureName: string;
  readonly limits: string;
  readonly limitsList: readonly string[];
  /** Of a model that tells more than the expression. */
  readonly limitsOthers: string;
  readonly weak: (labels: string) => string;
  readonly seen: (label: string, percent: string) => string;
  readonly inItsCard: string;
  readonly engineers: string;
  readonly engineersLead: string;
  readonly proof: string;
  readonly proofLead: (crops: string) => string;
  readonly netItself: string;
  readonly served: (variant: string) => string;
  readonly link: string;
  readonly crops: string;
  readonly drift: string;
  readonly flips: string;
  readonly kl: string;
  readonly driftNote: string;
  readonly on: (variant: string, backend: string) => string;
  readonly beside: (link: string) => string;
  /** The small net that follows a face. */
  readonly sequence: string;
  readonly conversion: string;
  readonly provenOn: string;
  readonly noneProven: string;
  readonly missingBackends: string;
  readonly backends: Readonly<Record<BackendName, string>>;
  readonly here: string;
  readonly hereLead: string;
  readonly runsOn: (backend: string) => string;
  readonly left: (backend: string) => string;
  readonly noneLeft: string;
  readonly weights: string;
  readonly variant: string;
  readonly bytes: string;
  readonly brotli: string;
  readonly outcome: string;
  readonly outcomes: Readonly<Record<"shipped" | "passed" | "failed" | "not measured", string>>;
  readonly operators: string;
  readonly operatorsLead: string;
  readonly operator: string;
  readonly before: string;
  readonly after: string;
  readonly all: string;
  readonly detector: string;
  readonly detectorLead: (variant: string, size: string) => string;
  readonly measured: string;
  readonly allowed: string;
  readonly card: string;
  readonly showCard: string;
}

export type FactName = "net" | "input" | "answers" | "data" | "licence" | "code" | "size";

const english: AboutWords = {
  title: "About facecast",
  lead: [
    "facecast finds the faces in front of your camera, in photos and in clips, and tells which emotion each of them shows.",
    "It also sets an actor's take beside a reference and says, second by second, how alike the two are.",
    "Your own browser does all of it: the nets come to your pictures, and your pictures stay where they are.",
  ],
  privacy: "Nothing leaves this device",
  kept: "There is no server that could take a picture, no account, no cookie, no counting of visitors. The page keeps a copy of itself for visits without a network, and your choice of language; nothing else.",
  rule: "You need not take our word for it. The page carries a rule, its Content-Security-Policy, by which the browser itself refuses every request to another address: from the page, and from the worker that reads the faces.",
  yourself: "See for yourself",
  checks: [
    {
      name: "Watch the network.",
      text: "Open the browser's developer tools (F12) at “Network”, and turn the camera on. Every line names this site, and while a face is read no line is added.",
    },
    {
      name: "Cut the network.",
      text: "Once the page has been loaded, switch to aeroplane mode and load it again. The camera, photos and clips work as before.",
    },
    {
      name: "Try to break the rule.",
      text: 'Enter `fetch("https://example.org")` in the developer tools\' console. The browser refuses, and says which rule forbids it.',
    },
  ],
  policy: "This page's rule, word for word",
  report: "What was measured before this site was published",
  install: "Add to the home screen",
  installHint: "Then it opens like any other app, and needs no network.",
  licences: "Licences of what it is built from",
  waiting: "The model's figures follow as soon as it has been loaded.",
  missing: "What is known of this model cannot be loaded just now.",
  model: "The model",
  kind: (size, labels) =>
    `A small neural net. It looks at a face cut out to ${size} × ${size} pixels and gives each of ${labels} labels a probability.`,
  facts: {
    net: "Net",
    input: "Looks at",
    answers: "Tells",
    data: "Learnt from",
    licence: "Licence of the data",
    code: "Made by code",
    size: "To load",
  },
  grey: "grey",
  colour: "colour",
  downloaded: (size) => `${size}, once`,
  earned: "How well it reads",
  ofHundred: (right, labels, chance) =>
    `Of 100 pictures that were held out, it names ${right} as people had named them. Blind guessing among ${labels} labels would name ${chance}.`,
  accuracy: "Accuracy",
  macroF1: "Macro F1",
  macroRecall: "Macro recall",
  inTorch: "in torch",
  inChromium: "in Chromium",
  label: "Label",
  pictures: "Pictures",
  recallTorch: "Recall in torch",
  recallChromium: "Recall in Chromium",
  figuresNote:
    "Recall: of the pictures with this label, the share that was found. F1 joins it with how often the answer was right.",
  measuredTwice:
    "Recall was measured twice on the same pictures: of the net as it was trained, and of the files of this site in Chromium.",
  perLabel: (head) => `Figures by label: ${head}`,
  unsure: "When it is not sure",
  threshold: (percent) =>
    `If even the likeliest label stays below ${percent}, the page says “Uncertain” instead of guessing.`,
  unfamiliar:
    "If a face is not like those it learned from, such as a drawing, a wall or a covered face, the page says “Unfamiliar”.",
  temperature: (temperature) =>
    `The net's raw answers are divided by ${temperature}, a temperature found on other pictures: “70%” is meant to come true 7 times in 10.`,
  thresholds:
    "If even the likeliest label of an attribute stays below its threshold, the page says “Uncertain”, or puts a question mark behind it.",
  temperatures:
    "The net's raw answers are divided by temperatures found on other pictures: “70%” is meant to come true 7 times in 10.",
  attribute: "Attribute",
  thresholdName: "Threshold",
  temperatureName: "Temperature",
  limits: "What it cannot do",
  limitsList: [
    "It sees an expression, not a feeling: its labels are what strangers saw in a picture.",
    "Do not judge people by it: not in hiring, policing, schooling or care.",
    "Compare takes of one person under one light. The figures above do not say how well it reads one group of people and another.",
  ],
  limitsOthers:
    "Gender, age and the like are what strangers would guess from a picture, not who somebody is.",
  weak: (labels) => `It misses more than it finds of: ${labels}.`,
  seen: (label, percent) => `${label} (finds ${percent})`,
  inItsCard: "In the words of its card",
  engineers: "For engineers",
  engineersLead: "How the net came from training into this page, and what was measured on the way.",
  proof: "How it was proven",
  proofLead: (crops) =>
    `${crops} cut-outs, nearly all of faces, went through every step, and each answer was set beside the net's own. A step beyond its limit stops the export, so that nothing unproven is published unnoticed.`,
  netItself: "the net itself",
  served: (variant) => `${variant}, as served`,
  link: "Step",
  crops: "Pictures",
  drift: "Drift",
  flips: "Other label",
  kl: "Mean KL",
  driftNote:
    "Drift is the largest difference of an output, relative to the largest output. “≤” is what is allowed; without it, a step is measured but not held to that figure.",
  on: (variant, backend) => `${variant} on ${backend}`,
  beside: (link) => `${link}, beside WebAssembly SIMD`,
  sequence: "Sequence head",
  conversion: "Converted by",
  provenOn: "Proven on",
  noneProven: "no backend",
  missingBackends: "Not to be had at the export",
  backends: {
    simd: "WebAssembly SIMD",
    wasm: "TF.js WebAssembly SIMD",
    "wasm-plain": "TF.js WebAssembly",
    webgl: "TF.js WebGL",
    webgpu: "TF.js WebGPU",
  },
  here: "What runs here",
  hereLead:
    "A backend is used only after it has given the known answers on this very device. It is asked again while it runs, and left for the next when it fails.",
  runsOn: (backend) => `${backend} gives the right answers, and is used.`,
  left: (backend) => `${backend} was left:`,
  noneLeft: "It was the first choice; no other had to be tried.",
  weights: "Weights",
  variant: "Type",
  bytes: "Bytes",
  brotli: "Brotli",
  outcome: "Outcome",
  outcomes: {
    shipped: "served here",
    passed: "passed",
    failed: "failed",
    "not measured": "not measured",
  },
  operators: "Operators",
  operatorsLead: "As the converter left them, and after the clean-up.",
  operator: "Operator",
  before: "Before",
  after: "After",
  all: "All",
  detector: "The face detector",
  detectorLead: (variant, size) =>
    `Tiny Face Detector from face-api, made into a graph of our own and held to its torch original at every size that this page uses; ${variant} weights, ${size} to load.`,
  measured: "Measured",
  allowed: "Allowed",
  card: "The model's card",
  showCard: "Read the full card",
};

const korean: AboutWords = {
  title: "facecast 소개",
  lead: [
    "facecast는 카메라와 사진, 영상 속 얼굴을 찾아 저마다 어떤 감정을 드러내는지 알려 줍니다.",
    "배우의 연기를 기준 영상과 나란히 놓고, 둘이 얼마나 닮았는지 초 단위로 짚어 주기도 합니다.",
    "모든 계산은 지금 쓰는 브라우저가 합니다. 모델이 사진이 있는 곳으로 올 뿐, 사진은 제자리를 떠나지 않습니다.",
  ],
  privacy: "어떤 데이터도 기기 밖으로 나가지 않습니다",
  kept: "사진을 받을 서버도, 계정도, 쿠키도, 방문자 집계도 없습니다. 인터넷 없이도 열리도록 페이지 사본을 저장하고 언어 설정을 기억할 뿐, 그 밖에는 아무것도 남기지 않습니다.",
  rule: "말만 믿으실 필요는 없습니다. 이 페이지에는 콘텐츠 보안 정책(Content-Security-Policy)이 들어 있어, 페이지는 물론 얼굴을 읽는 워커가 다른 주소로 보내는 요청까지 브라우저가 직접 막습니다.",
  yourself: "직접 확인하기",
  checks: [
    {
      name: "네트워크를 지켜보세요.",
      text: "개발자 도구(F12)의 ‘네트워크’ 탭을 열고 카메라를 켜 보세요. 모든 항목이 이 사이트의 주소이고, 얼굴을 읽는 동안 새 항목이 생기지 않습니다.",
    },
    {
      name: "네트워크를 끊어 보세요.",
      text: "페이지를 한 번 연 뒤 비행기 모드로 바꾸고 새로 고쳐 보세요. 카메라도 사진도 영상도 그대로 작동합니다.",
    },
    {
      name: "규칙을 어겨 보세요.",
      text: '개발자 도구의 콘솔에 `fetch("https://example.org")`를 입력해 보세요. 브라우저가 요청을 막고, 어떤 규칙 때문인지 알려 줍니다.',
    },
  ],
  policy: "이 페이지의 정책 원문",
  report: "사이트를 내보내기 전에 측정한 결과",
  install: "홈 화면에 추가",
  installHint: "다른 앱처럼 열리고, 인터넷이 없어도 쓸 수 있습니다.",
  licences: "사용한 소프트웨어의 라이선스",
  waiting: "모델을 불러오면 성능과 측정값이 여기에 나타납니다.",
  missing: "지금은 이 모델의 정보를 불러올 수 없습니다.",
  model: "모델",
  kind: (size, labels) =>
    `작은 신경망입니다. ${size}×${size}픽셀로 잘라 낸 얼굴을 보고 ${labels}가지 항목마다 확률을 매깁니다.`,
  facts: {
    net: "신경망",
    input: "입력",
    answers: "출력",
    data: "학습 데이터",
    licence: "데이터 라이선스",
    code: "코드 버전",
    size: "내려받는 크기",
  },
  grey: "흑백",
  colour: "컬러",
  downloaded: (size) => `${size} (한 번만)`,
  earned: "얼마나 잘 읽나요",
  ofHundred: (right, labels, chance) =>
    `학습에 쓰지 않은 사진 100장 가운데 ${right}장을 사람이 붙인 이름대로 맞힙니다. ${labels}가지 중에서 아무거나 찍으면 ${chance}장입니다.`,
  accuracy: "정확도",
  macroF1: "매크로 F1",
  macroRecall: "매크로 재현율",
  inTorch: "torch",
  inChromium: "Chromium",
  label: "항목",
  pictures: "사진 수",
  recallTorch: "재현율 (torch)",
  recallChromium: "재현율 (Chromium)",
  figuresNote:
    "재현율은 해당 항목의 사진 가운데 제대로 찾아낸 비율이고, F1은 여기에 답이 맞은 비율까지 합친 값입니다.",
  measuredTwice:
    "재현율은 같은 사진으로 두 번 쟀습니다. 한 번은 학습한 신경망 그대로, 한 번은 이 사이트의 파일을 Chromium에서 실행해서입니다.",
  perLabel: (head) => `항목별 수치: ${head}`,
  unsure: "확신이 없을 때",
  threshold: (percent) =>
    `가장 가능성 높은 항목조차 ${percent}에 못 미치면, 짐작하는 대신 ‘불확실’이라고 표시합니다.`,
  unfamiliar:
    "그림이나 벽, 가려진 얼굴처럼 학습한 얼굴과 닮지 않은 모습이면 ‘낯선 모습’이라고 표시합니다.",
  temperature: (temperature) =>
    `신경망의 출력을 다른 사진에서 구한 온도(${temperature})로 나눕니다. ‘70%’라고 하면 열 번 중 일곱 번은 맞게 하려는 것입니다.`,
  thresholds:
    "가장 가능성 높은 답조차 그 항목의 기준에 못 미치면, ‘불확실’이라고 하거나 물음표를 붙입니다.",
  temperatures:
    "신경망의 출력을 다른 사진에서 구한 온도로 나눕니다. ‘70%’라고 하면 열 번 중 일곱 번은 맞게 하려는 것입니다.",
  attribute: "항목",
  thresholdName: "기준",
  temperatureName: "온도",
  limits: "할 수 없는 일",
  limitsList: [
    "표정을 볼 뿐 마음을 읽지는 못합니다. 학습한 이름표는 낯선 사람이 사진을 보고 붙인 것입니다.",
    "사람을 평가하는 데 쓰지 마세요. 채용, 수사, 교육, 돌봄 어디에서도 안 됩니다.",
    "같은 사람이 같은 조명에서 한 연기끼리 비교하세요. 위의 수치만으로는 집단에 따라 얼마나 다르게 읽는지 알 수 없습니다.",
  ],
  limitsOthers:
    "성별이나 나이 같은 항목은 낯선 사람이 사진을 보고 짐작하는 것과 같을 뿐, 그 사람이 누구인지 말해 주지 않습니다.",
  weak: (labels) => `맞히는 것보다 놓치는 것이 더 많은 항목: ${labels}.`,
  seen: (label, percent) => `${label} (${percent} 찾음)`,
  inItsCard: "모델 카드 원문 (영어)",
  engineers: "엔지니어를 위한 정보",
  engineersLead: "학습한 신경망이 이 페이지에 오기까지의 과정과 측정값입니다.",
  proof: "검증 과정",
  proofLead: (crops) =>
    `대부분 얼굴인 이미지 ${crops}장을 모든 단계에 통과시켜 원래 신경망의 답과 비교했습니다. 한 단계라도 허용 범위를 벗어나면 내보내기가 중단되므로, 검증되지 않은 것이 모르는 사이에 공개되지 않습니다.`,
  netItself: "원래 신경망",
  served: (variant) => `${variant}, 실제 제공본`,
  link: "단계",
  crops: "이미지 수",
  drift: "오차",
  flips: "달라진 답",
  kl: "평균 KL",
  driftNote:
    "오차는 가장 큰 출력값에 대한 출력 차이의 최댓값입니다. ‘≤’는 허용 한도이며, 한도가 없는 값은 측정만 합니다.",
  on: (variant, backend) => `${variant}, ${backend}`,
  beside: (link) => `${link} (WebAssembly SIMD와 비교)`,
  sequence: "시퀀스 헤드",
  conversion: "변환 도구",
  provenOn: "검증된 백엔드",
  noneProven: "없음",
  missingBackends: "내보낼 때 쓸 수 없던 백엔드",
  backends: {
    simd: "WebAssembly SIMD",
    wasm: "TF.js WebAssembly SIMD",
    "wasm-plain": "TF.js WebAssembly",
    webgl: "TF.js WebGL",
    webgpu: "TF.js WebGPU",
  },
  here: "이 기기의 실행 방식",
  hereLead:
    "백엔드는 바로 이 기기에서 정해진 답을 똑같이 낸 뒤에만 쓰입니다. 실행 중에도 다시 확인하며, 틀리면 다음 백엔드로 넘어갑니다.",
  runsOn: (backend) => `${backend}: 올바른 답을 내어 사용 중입니다.`,
  left: (backend) => `${backend}: 쓰지 않습니다.`,
  noneLeft: "첫 번째 선택이라 다른 백엔드는 시도하지 않았습니다.",
  weights: "가중치",
  variant: "형식",
  bytes: "크기",
  brotli: "Brotli",
  outcome: "결과",
  outcomes: {
    shipped: "제공 중",
    passed: "통과",
    failed: "실패",
    "not measured": "측정 안 함",
  },
  operators: "연산자",
  operatorsLead: "변환 직후와 정리한 뒤의 개수입니다.",
  operator: "연산자",
  before: "변환 직후",
  after: "정리 후",
  all: "전체",
  detector: "얼굴 검출기",
  detectorLead: (variant, size) =>
    `face-api의 Tiny Face Detector를 직접 그래프로 옮기고, 이 페이지가 쓰는 모든 크기에서 torch 원본과 비교했습니다. 가중치는 ${variant}, 내려받는 크기는 ${size}입니다.`,
  measured: "측정값",
  allowed: "허용값",
  card: "모델 카드",
  showCard: "전체 카드 읽기",
};

export const ABOUT_WORDS = { en: english, ko: korean } as const;
