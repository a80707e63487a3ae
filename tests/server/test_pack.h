// A pack of two questions, as files: "feel" (4-point scale, with refusal) and "words" (free
// text of 40 characters).
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "app/survey/pack.h"
#include "app/survey/response.h"

namespace machikoe {

/// `edition` ends up in the title: another edition is another version of the pack.
inline PackFiles test_pack_files(const std::string& edition = "") {
    PackFiles files;
    files["pack.yaml"] = R"(format: 1
id: testward-r4
fiscal_year: "2022"
municipality_code: "123456"
languages: [ja]
ward: {ja: "{試験|しけん}{区|く}"}
title: {ja: "{運営|うんえい}{方針|ほうしん})" +
                         edition +
                         R"("}
head: 区長
)";
    files["policy.yaml"] = R"(goal: {official: 目標, plain: {ja: "{目標|もくひょう}"}}
mission: {official: 使命, plain: {ja: "{使命|しめい}"}}
principles:
  - {official: 基本, plain: {ja: "{基本|きほん}"}}
reform:
  title: 改革
  rows:
    - {item: 項目, content: 内容}
  plain: {ja: "{改革|かいかく}"}
evaluation:
  - {official: 評価, plain: {ja: "{評価|ひょうか}"}}
)";
    files["issues.yaml"] = R"(issues:
  - id: living
    number: 1
    icon: home
    short_title: {ja: くらし}
    one_sentence: {ja: "{町|まち}のくらし。"}
    title: {official: くらし, plain: {ja: くらし}}
    overview: {official: くらし, plain: {ja: くらし}}
    strategy:
      number: 1-1
      title: {official: 戦略, plain: {ja: "{戦略|せんりゃく}"}}
      description: {official: 戦略, plain: {ja: "{戦略|せんりゃく}"}}
    action:
      number: 1-1-1
      title: {official: 取組, plain: {ja: "{取組|とりくみ}"}}
      description: {official: 取組, plain: {ja: "{取組|とりくみ}"}}
      budget_thousand_yen: 100
    remaining:
      - {official: 課題, plain: {ja: "{課題|かだい}"}}
    what_was_done: {ja: "{道|みち}を{直|なお}した。"}
    what_will_change: {ja: "{歩|ある}きやすくなる。"}
)";
    files["glossary.yaml"] = "entries: []\n";
    files["survey.yaml"] = R"(purpose: {ja: "{町|まち}づくりに{使|つか}います。"}
questions:
  - id: feel
    section: living
    type: scale
    text: {ja: "どう{感|かん}じますか。"}
    refusal: true
    options:
      - {id: "s1", label: {ja: "{感|かん}じない"}}
      - {id: "s2", label: {ja: "あまり{感|かん}じない"}}
      - {id: "s3", label: {ja: "ある{程度|ていど}{感|かん}じる"}}
      - {id: "s4", label: {ja: "{感|かん}じる"}}
  - id: words
    section: about
    type: free-text
    text: {ja: "{一言|ひとこと}どうぞ。"}
    max_length: 40
)";
    files["indicators.yaml"] = "indicators: []\n";
    return files;
}

inline Pack test_pack(const PackFiles& files) {
    auto pack = parse_pack(files);
    if (!pack) {
        for (const PackFault& fault : pack.error()) ADD_FAILURE() << to_string(fault);
        std::abort();
    }
    return *std::move(pack);
}

/// Fits the pack.
inline Response test_response(const Pack& pack, const std::string& option,
                              const std::string& words) {
    Response response;
    response.pack_id = pack.plan.id;
    response.pack_hash = pack.hash;
    response.site = "office";
    response.when = {"2022-06-01", 10};
    response.seed = 7;
    response.duration_s = 60;
    response.issues_opened = {"living"};
    response.answers["feel"] = {AnswerStatus::Answered, AnswerValue(ChosenOptions{option})};
    response.answers["words"] = {AnswerStatus::Answered, AnswerValue(words)};
    return response;
}

}  // namespace machikoe
