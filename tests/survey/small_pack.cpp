#include "tests/survey/small_pack.h"

namespace machikoe {
namespace {

constexpr const char* kPack = R"(format: 1
id: small
fiscal_year: "2022"
municipality_code: "271241"
languages: [ja, ja-easy, en]
ward: {ja: "{区|く}", ja-easy: "{区|く}", en: Ward}
title: {ja: "{方針|ほうしん}", ja-easy: "{方針|ほうしん}", en: Policy}
head: 区長
)";

constexpr const char* kPolicy = R"(goal:
  official: めざす姿
  plain:
    ja: めざす{姿|すがた}
    ja-easy: めざす {姿|すがた}
    en: What we aim for
mission:
  official: 使命
  plain: {ja: "{役割|やくわり}", ja-easy: やること, en: What we do}
principles:
  - official: 考え方
    plain: {ja: "{考|かんが}え{方|かた}", ja-easy: かんがえかた, en: How we think}
reform:
  title: 改革
  rows:
    - item: "-"
      content: "-"
  plain: {ja: ありません, ja-easy: ありません, en: None}
evaluation:
  - official: 評価
    plain: {ja: "{評価|ひょうか}", ja-easy: ふりかえり, en: Looking back}
)";

constexpr const char* kIssues = R"(issues:
  - id: living
    number: 1
    icon: diversity_1
    short_title: {ja: くらし, ja-easy: くらし, en: Living}
    one_sentence: {ja: くらしのこと。, ja-easy: くらしの こと。, en: About living.}
    title:
      official: 課題
      plain: {ja: "{課題|かだい}", ja-easy: こまっていること, en: Issue}
    overview:
      official: 概要
      plain: {ja: "{概要|がいよう}", ja-easy: だいたいのこと, en: Overview}
    strategy:
      number: 1-1
      title:
        official: 戦略
        plain: {ja: "{戦略|せんりゃく}", ja-easy: やりかた, en: Strategy}
      description:
        official: 説明
        plain: {ja: "{説明|せつめい}", ja-easy: せつめい, en: Description}
    action:
      number: 1-1-1
      title:
        official: 取組
        plain: {ja: "{取組|とりくみ}", ja-easy: とりくみ, en: Action}
      description:
        official: 内容
        plain: {ja: "{内容|ないよう}", ja-easy: なかみ, en: Content}
      budget_thousand_yen: 7
    remaining:
      - official: 残り
        plain: {ja: "{残|のこ}り", ja-easy: のこり, en: Rest}
    what_was_done: {ja: しました。, ja-easy: しました。, en: Done.}
    what_will_change: {ja: します。, ja-easy: します。, en: To do.}
)";

constexpr const char* kGlossary = R"(entries:
  - id: ties
    term: つながり
    reading: つながり
    label: {ja: つながり, ja-easy: つながり, en: Ties}
    meaning: {ja: "{助|たす}け{合|あ}い", ja-easy: たすけあい, en: Helping each other}
)";

constexpr const char* kSurveyHead =
    R"(purpose: {ja: "{目的|もくてき}", ja-easy: もくてき, en: Purpose}
questions:
  - id: intro
    section: living
    type: note
    text: {ja: "{質問|しつもん}です", ja-easy: しつもんです, en: Questions}
  - id: feel
    section: living
    type: scale
    text: {ja: "{感|かん}じますか", ja-easy: かんじますか, en: "Do you feel it?"}
    note: {ja: "{例|れい}", ja-easy: たとえば, en: For example}
    glossary: [ties]
    required: true
    refusal: true
    look: faces
    order: reversed-for-half
    options:
      - id: "no"
        label: {ja: いいえ, ja-easy: いいえ, en: No}
      - id: "yes"
        label: {ja: はい, ja-easy: はい, en: Yes}
  - id: why
    section: living
    type: multiple
    text: {ja: なぜ, ja-easy: なぜ, en: "Why?"}
    order: shuffled
    relevant:
      - question: feel
        is: ["no"]
    options:
      - id: far
        label: {ja: "{遠|とお}い", ja-easy: とおい, en: Far}
      - id: busy
        label: {ja: "{多忙|たぼう}", ja-easy: いそがしい, en: Busy}
      - id: none
        label: {ja: ない, ja-easy: ない, en: None}
        exclusive: true
        pinned: true
  - id: best
    section: living
    type: ranking
    text: {ja: "{順番|じゅんばん}", ja-easy: じゅんばん, en: Order}
    rank_count: 2
    options:
      - id: a
        label: {ja: あ, ja-easy: あ, en: A}
      - id: b
        label: {ja: い, ja-easy: い, en: B}
  - id: which
    section: living
    type: single
    text: {ja: どれ, ja-easy: どれ, en: "Which?"}
    options:
      - id: a
        label: {ja: あ, ja-easy: あ, en: A}
      - id: b
        label: {ja: い, ja-easy: い, en: B}
)";

constexpr const char* kSurveyAbout = R"(  - id: age
    section: about
    type: age-band
    text: {ja: "{年齢|ねんれい}", ja-easy: とし, en: Age}
    options:
      - id: young
        label: {ja: "{若|わか}い", ja-easy: わかい, en: Young}
      - id: old
        label: {ja: "{高|たか}い", ja-easy: たかい, en: Old}
  - id: place
    section: about
    type: area
    text: {ja: "{地域|ちいき}", ja-easy: ばしょ, en: Area}
    options:
      - id: here
        label: {ja: ここ, ja-easy: ここ, en: Here}
      - id: unsure
        label: {ja: "{不明|ふめい}", ja-easy: わからない, en: Not sure}
  - id: people
    section: about
    type: number
    text: {ja: "{人数|にんずう}", ja-easy: なんにん, en: "How many?"}
    unit: {ja: "{人|にん}", ja-easy: "{人|にん}", en: people}
    universes: [parent, participant]
    relevant:
      - question: age
        is_not: [young]
    bounds:
      min: 1
      max: 20
      message: {ja: 1から20, ja-easy: 1から20, en: From 1 to 20}
  - id: say
    section: about
    type: free-text
    text: {ja: "{一言|ひとこと}", ja-easy: ひとこと, en: A word}
    max_length: 100
    phrases:
      - {ja: "{良|よ}い", ja-easy: いい, en: Fine}
      - {ja: "{無|な}し", ja-easy: ない, en: "Nothing\u200B more"}
)";

constexpr const char* kIndicators = R"(indicators:
  - id: living-felt
    issue: living
    official: true
    official_wording: 感じる割合
    label: {ja: "{感|かん}じる{回答者|かいとうしゃ}の{割合|わりあい}", ja-easy: かんじる ひと, en: Share of respondents}
    universe: resident
    question: feel
    counted: ["yes"]
    base: answered-only
    target:
      kind: at-least-percent
      percent: 50
    previous:
      percent: 40.5
      mode: mail
    decimals: 1
    minimum_base: 10
    reference_base: 30
)";

}  // namespace

PackFiles small_pack_files() {
    return {{"pack.yaml", kPack},
            {"policy.yaml", kPolicy},
            {"issues.yaml", kIssues},
            {"glossary.yaml", kGlossary},
            {"survey.yaml", std::string(kSurveyHead) + kSurveyAbout},
            {"indicators.yaml", kIndicators}};
}

}  // namespace machikoe
