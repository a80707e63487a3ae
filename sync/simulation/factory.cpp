#include "sync/simulation/factory.h"

#include <cassert>
#include <filesystem>
#include <map>
#include <memory>

#include "app/base/crypto.h"
#include "sync/seal/key_store.h"
#include "sync/seal/seeded_randomness.h"
#include "sync/simulation/sqlite_disk.h"

namespace machikoe::simulation {
namespace {

constexpr const char* kPassphrase = "simulated";

constexpr const char* kPolicy = R"(goal: {official: 目標, plain: {ja: "{目標|もくひょう}"}}
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

constexpr const char* kIssues = R"(issues:
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

constexpr const char* kSurvey = R"(purpose: {ja: "{町|まち}づくりに{使|つか}います。"}
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

FactoryKeys make_keys(int kiosk) {
    namespace fs = std::filesystem;
    const fs::path root = fs::temp_directory_path() / ("machikoe-factory-" + random_hex(8));
    const fs::path folder = root / "k";
    fs::create_directories(folder);
    FactoryKeys made{"", SealingKey::generate()};
    {
        const SeededRandomness randomness(static_cast<std::uint64_t>(kiosk) + 1);
        Disk disk(root.string(), 1);
        const SqliteDisk files(disk);
        {
            const auto keys = KeyStore::open(folder, kPassphrase);
            assert(keys);
            made.set_up = unwrap(keys->locked_set_up_key(), kPassphrase).value().key;
        }
        made.keys_db = disk.on_disk((folder / "keys.db").string()).value();
    }
    fs::remove_all(root);
    return made;
}

}  // namespace

PackFiles pack_files(int edition) {
    PackFiles files;
    files["pack.yaml"] =
        "format: 1\nid: simulated\nfiscal_year: \"2022\"\nmunicipality_code: \"123456\"\n"
        "languages: [ja]\nward: {ja: \"{試験|しけん}{区|く}\"}\ntitle: {ja: \"{運営|うんえい}" +
        std::string(edition == 1 ? "" : "かいてい") + "\"}\nhead: 区長\n";
    files["policy.yaml"] = kPolicy;
    files["issues.yaml"] = kIssues;
    files["glossary.yaml"] = "entries: []\n";
    files["survey.yaml"] = kSurvey;
    files["indicators.yaml"] = "indicators: []\n";
    return files;
}

Pack pack_of(const PackFiles& files) {
    auto pack = parse_pack(files);
    assert(pack);
    return std::move(*pack);
}

Response response_to(const Pack& pack, const std::string& site, const std::string& event,
                     const DayHour& when, int option, const std::string& words) {
    Response response;
    response.pack_id = pack.plan.id;
    response.pack_hash = pack.hash;
    response.site = site;
    response.event = event;
    response.when = when;
    response.duration_s = 60;
    response.issues_opened = {"living"};
    response.answers["feel"] = {AnswerStatus::Answered,
                                AnswerValue(ChosenOptions{"s" + std::to_string(option)})};
    response.answers["words"] = {AnswerStatus::Answered, AnswerValue(words)};
    return response;
}

const FactoryKeys& factory_keys(int kiosk) {
    static std::map<int, FactoryKeys> made;
    const auto found = made.find(kiosk);
    return found != made.end() ? found->second
                               : made.emplace(kiosk, make_keys(kiosk)).first->second;
}

}  // namespace machikoe::simulation
