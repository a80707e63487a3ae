// Packs: what is refused, and where the fault is said to be.
#include "tests/survey/pack_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

TEST_F(PackTest, AMissingFileIsAFaultOfThatFile) {
    for (const auto& [name, bytes] : small_pack_files()) {
        files_ = small_pack_files();
        files_.erase(name);
        const PackFaults found = faults();
        ASSERT_FALSE(found.empty());
        EXPECT_EQ(found[0], (PackFault{name, 0, "is missing"}));
    }
}

TEST_F(PackTest, AnUnknownFileIsAFault) {
    files_["surveys.yaml"] = "a: 1\n";
    ASSERT_EQ(faults().size(), 1u);
    EXPECT_EQ(faults()[0].file, "surveys.yaml");
}

TEST_F(PackTest, AnEmptyFileIsAFaultOfTheWholeFile) {
    for (const auto& [name, bytes] : small_pack_files()) {
        files_ = small_pack_files();
        files_[name].clear();
        EXPECT_THAT(faults(), testing::Contains(PackFault{name, 0, "is empty"}));
    }
}

TEST_F(PackTest, MoreThanEightMebibytesAreRefused) {
    files_["pack.yaml"] += "#" + std::string(8u << 20, 'x');
    ASSERT_EQ(faults().size(), 1u);
    EXPECT_THAT(faults()[0].reason, HasSubstr("8 MiB"));
}

TEST_F(PackTest, AnUnknownKeyIsAFaultAtItsLine) {
    replace("survey.yaml", "    required: true", "    requird: true");
    expect_fault("survey.yaml", "requird", "question 'feel': unknown key 'requird'");
}

TEST_F(PackTest, AKeyOfAnotherTypeIsUnknown) {
    replace("survey.yaml", "    rank_count: 2", "    rank_count: 2\n    max_length: 5");
    expect_fault("survey.yaml", "max_length: 5", "unknown key 'max_length'");
}

TEST_F(PackTest, ADuplicateKeyIsAFaultAtItsSecondLine) {
    replace("pack.yaml", "head: 区長", "head: 区長\n\"head\": 他人");
    expect_fault("pack.yaml", "\"head\"", "duplicate key 'head'");
}

TEST_F(PackTest, ALanguageThatIsNotOfferedIsRefused) {
    replace("glossary.yaml", "en: Ties}", "en: Ties, ko: 유대}");
    expect_fault("glossary.yaml", "ko:", "'ko' is not a language of this pack");
}

TEST_F(PackTest, AMissingLanguageIsNamed) {
    replace("glossary.yaml", ", en: Ties", "");
    expect_fault("glossary.yaml", "label", "'label': missing language 'en'");
}

TEST_F(PackTest, LanguagesMustBeKnownOnceEachAndHoldJapanese) {
    replace("pack.yaml", "[ja, ja-easy, en]", "[ja, ja-easy, en, fr]");
    expect_fault("pack.yaml", "languages", "no such language 'fr'");
    files_ = small_pack_files();
    replace("pack.yaml", "[ja, ja-easy, en]", "[ja, ja-easy, en, ja]");
    expect_fault("pack.yaml", "languages", "'ja' twice");
    files_ = small_pack_files();
    replace("pack.yaml", "[ja, ja-easy, en]", "[ja-easy, en]");
    EXPECT_THAT(all_of(faults()), HasSubstr("'languages' lacks 'ja'"));
}

struct Wrong {
    const char* file;
    const char* old_text;
    const char* text;
    const char* reason;
};

const std::vector<Wrong>& wrong_values() {
    static const std::vector<Wrong> kWrongs = {
        {"pack.yaml", "format: 1", "format: 2", "not within 1 … 1"},
        {"pack.yaml", "format: 1", "format: 1.0", "not a whole number"},
        {"pack.yaml", "id: small", "id: Small", "not an id"},
        {"pack.yaml", "\"2022\"", "\"22\"", "not 4 digits"},
        {"pack.yaml", "\"271241\"", "\"27124x\"", "not 6 digits"},
        {"pack.yaml", "head: 区長", "head: ", "is empty"},
        {"pack.yaml", "head: 区長", "head: [a]", "not a single value"},
        {"issues.yaml", "number: 1", "number: 2", "its place in the list"},
        {"issues.yaml", "icon: diversity_1", "icon: Diversity", "not an id"},
        {"issues.yaml", "budget_thousand_yen: 7", "budget_thousand_yen: 0", "not within"},
        {"glossary.yaml", "reading: つながり", "reading: 繋がり", "not hiragana"},
        {"survey.yaml", "type: note", "type: notes", "cannot be 'notes'"},
        {"survey.yaml", "id: intro", "id: in-tro", "not an id"},
        {"survey.yaml", "id: why", "id: feel #", "duplicate id"},
        {"survey.yaml", "id: busy", "id: far #", "duplicate id"},
        {"survey.yaml", "glossary: [ties]", "glossary: [tie]", "no such glossary entry"},
        {"survey.yaml", "required: true", "required: yes", "cannot be 'yes'"},
        {"survey.yaml", "look: faces", "look: stars", "cannot be 'stars'"},
        {"survey.yaml", "question: feel", "question: intro", "no earlier question"},
        {"survey.yaml", "question: feel", "question: which", "no earlier question"},
        {"survey.yaml", "is: [\"no\"]", "is: [maybe]", "no option 'maybe'"},
        {"survey.yaml", "is: [\"no\"]", "is: []", "has 0 items"},
        {"survey.yaml", "rank_count: 2", "rank_count: 3", "not within 1 … 2"},
        {"survey.yaml", "max: 20", "max: 0", "'max' is below 'min'"},
        {"survey.yaml", "max: 20", "max: 99999999999999999999", "not a whole number"},
        {"survey.yaml", "max_length: 100", "max_length: 501", "not within 1 … 500"},
        {"survey.yaml", "    phrases:", "    sentences:", "unknown key 'sentences'"},
        {"survey.yaml", "ja-easy: いい, en: Fine", "en: Fine", "missing language 'ja-easy'"},
        {"survey.yaml", "ja-easy: いい, en: Fine", "ja-easy: 良い, en: Fine", "without reading"},
        {"survey.yaml", "universes: [parent, participant]", "universes: [parents]",
         "no such universe"},
        {"indicators.yaml", "issue: living", "issue: life", "no such issue"},
        {"indicators.yaml", "question: feel", "question: say", "no question with options"},
        {"indicators.yaml", "counted: [\"yes\"]", "counted: [maybe]", "no option 'maybe'"},
        {"indicators.yaml", "counted: [\"yes\"]", "counted: [\"no\", \"no\"]", "twice"},
        {"indicators.yaml", "      percent: 50", "      percent: 101", "not a percentage"},
        {"indicators.yaml", "      percent: 50", "      percent: 1e1", "not a percentage"},
        {"indicators.yaml", "kind: at-least-percent", "kind: none", "cannot be 'none'"},
        {"indicators.yaml", "decimals: 1", "decimals: 3", "not within 0 … 2"},
        {"indicators.yaml", "reference_base: 30", "reference_base: 9", "below"}};
    return kWrongs;
}

TEST_F(PackTest, AWrongValueIsOneFaultAtItsLine) {
    for (const Wrong& wrong : wrong_values()) {
        SCOPED_TRACE(wrong.text);
        files_ = small_pack_files();
        replace(wrong.file, wrong.old_text, wrong.text);
        expect_fault(wrong.file, wrong.text, wrong.reason);
    }
}

TEST_F(PackTest, PhrasesAreOneToEightAnswersThatFit) {
    EXPECT_EQ(parse_pack(files_)->survey.question("say")->phrases.size(), 2u);
    const std::string item = "      - {ja: い, ja-easy: い, en: i}\n";
    std::string many;
    for (int i = 0; i < 7; ++i) many += item;
    replace("survey.yaml", "    phrases:\n", "    phrases:\n" + many);
    expect_fault("survey.yaml", item, "'phrases' has 9 items, not 1 … 8");

    files_ = small_pack_files();
    // Counted as it will be written: neither ruby nor a mark for a line break.
    replace("survey.yaml", "max_length: 100", "max_length: 12");
    EXPECT_TRUE(parse_pack(files_)) << all_of(faults());
    replace("survey.yaml", "max_length: 12", "max_length: 11");
    expect_fault("survey.yaml", "Nothing", "'phrases.en' is longer than 'max_length'");
}

TEST_F(PackTest, APhraseIsForFreeTextOnlyAndPartOfTheHash) {
    const std::string before = parse_pack(files_)->hash;
    replace("survey.yaml", "en: Fine", "en: Good");
    EXPECT_NE(parse_pack(files_)->hash, before);
    replace("survey.yaml", "    rank_count: 2", "    rank_count: 2\n    phrases: []");
    expect_fault("survey.yaml", "phrases: []", "unknown key 'phrases'");
}

TEST_F(PackTest, SectionsStandTogetherAndAboutComesLast) {
    replace("survey.yaml", "section: living\n    type: single", "section: about\n    type: single");
    EXPECT_TRUE(parse_pack(files_));
    replace("survey.yaml", "section: living\n    type: ranking",
            "section: about\n    type: ranking");
    replace("survey.yaml", "section: living\n    type: multiple",
            "section: about\n    type: multiple");
    EXPECT_TRUE(parse_pack(files_));
    replace("survey.yaml", "section: about\n    type: ranking",
            "section: living\n    type: ranking");
    EXPECT_THAT(all_of(faults()), HasSubstr("'about' must come last"));
}

TEST_F(PackTest, AnIndicatorMustBeAskedOfItsUniverse) {
    replace("survey.yaml", "    look: faces", "    look: faces\n    universes: [parent]");
    expect_fault("indicators.yaml", "universe: resident", "is never asked");
}

TEST_F(PackTest, AJapaneseTextMustGiveEveryKanjiAReading) {
    for (const char* tag : {"ja", "ja-easy"}) {
        files_ = small_pack_files();
        replace("pack.yaml", std::string(tag) + ": \"{方針|ほうしん}\"",
                std::string(tag) + ": \"{方|ほう}針\"");
        expect_fault("pack.yaml", "title",
                     "title." + std::string(tag) + "' kanji without reading: 針");
    }
}

TEST_F(PackTest, RubyMustBeWellFormedKanaAndJapanese) {
    for (const char* wrong :
         {"{方針|ほうしん", "{方針}", "方針|ほうしん}", "{|ほうしん}", "{方針|hoshin}"}) {
        files_ = small_pack_files();
        replace("pack.yaml", "ja: \"{方針|ほうしん}\"", "ja: \"" + std::string(wrong) + "\"");
        expect_fault("pack.yaml", "title", "title.ja");
    }
    files_ = small_pack_files();
    replace("pack.yaml", "en: Policy", "en: \"{Policy|p}\"");
    expect_fault("pack.yaml", "title", "only Japanese carries ruby");
    files_ = small_pack_files();
    replace("policy.yaml", "official: 使命", "official: \"{使命|しめい}\"");
    expect_fault("policy.yaml", "official: \"", "carries no ruby");
}

TEST_F(PackTest, TextMustBeComposedAndWithoutControls) {
    // が as か and a combining mark; each of the others hidden behind a YAML escape too.
    for (const char* wrong : {"か\xe3\x82\x99", "\\u304B\\u3099", "a\\nb", "a\\x04b", "a\\u202Eb",
                              "a\\uE000b", "a\\u2028b", "a\\uFFFDb"}) {
        files_ = small_pack_files();
        replace("pack.yaml", "head: 区長", "head: \"" + std::string(wrong) + "\"");
        expect_fault("pack.yaml", "head", "'head'");
    }
    files_ = small_pack_files();
    replace("pack.yaml", "head: 区長", "head: \"区\\u2060長\\u200Bだ\"");
    EXPECT_TRUE(parse_pack(files_)) << all_of(faults());
}

TEST_F(PackTest, EveryFaultIsReportedNotOnlyTheFirst) {
    replace("pack.yaml", "format: 1", "format: 2");
    replace("issues.yaml", "number: 1", "number: x");
    replace("survey.yaml", "look: faces", "look: stars");
    replace("survey.yaml", "max_length: 100", "max_length: many");
    EXPECT_GE(faults().size(), 4u);
}

TEST_F(PackTest, AReasonCannotSpoilALog) {
    replace("pack.yaml", "head: 区長", "\"he\\nad\\x1b[2J\": 1\nhead: 区長");
    const std::string text = all_of(faults());
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

TEST_F(PackTest, AValidPackHoldsWhatItsFilesSay) {
    const auto pack = parse_pack(files_);
    ASSERT_TRUE(pack) << all_of(pack.error());
    EXPECT_EQ(pack->plan.id, "small");
    EXPECT_EQ(pack->plan.languages, (std::vector{Language::Ja, Language::JaEasy, Language::En}));
    EXPECT_EQ(pack->plan.goal.plain.in(Language::Ja), "めざす{姿|すがた}");
    ASSERT_EQ(pack->plan.issues.size(), 1u);
    const Issue& issue = pack->plan.issues[0];
    EXPECT_EQ(issue.action.budget_thousand_yen, 7);
    EXPECT_EQ(issue.strategy.number, "1-1");
    EXPECT_EQ(issue.remaining[0].plain.in(Language::En), "Rest");
    EXPECT_EQ(pack->plan.reform[0].item, "-");
    EXPECT_EQ(pack->plan.indicators[0].target_percent, 50);
    EXPECT_EQ(pack->plan.indicators[0].previous_percent, 40.5);
    EXPECT_EQ(pack->plan.indicators[0].previous_mode, "mail");
    EXPECT_EQ(pack->survey.questions.size(), 9u);
    const Question* feel = pack->survey.question("feel");
    ASSERT_NE(feel, nullptr);
    EXPECT_TRUE(feel->required && feel->offers_refusal);
    EXPECT_EQ(feel->look, ScaleLook::Faces);
    EXPECT_EQ(feel->order, OptionOrder::ReversedForHalf);
    const Question* people = pack->survey.question("people");
    EXPECT_EQ(people->bounds->max, 20);
    EXPECT_TRUE(people->relevant[0].negated);
    EXPECT_EQ(people->universes, (std::vector{Universe::Parent, Universe::Participant}));
    EXPECT_TRUE(pack->survey.question("why")->option("none")->exclusive);
}

TEST_F(PackTest, TheHashFollowsThePublishedForm) {
    std::string canonical;
    for (const auto& [name, bytes] : files_)
        canonical += name + '\0' + std::to_string(bytes.size()) + '\0' + bytes;
    EXPECT_EQ(parse_pack(files_)->hash, sha256_hex(canonical));
}

TEST_F(PackTest, TheHashIsStableAndFeelsEveryByte) {
    const std::string hash = parse_pack(files_)->hash;
    EXPECT_EQ(parse_pack(small_pack_files())->hash, hash);
    for (auto& [name, bytes] : files_) {
        bytes += "\n";
        EXPECT_NE(parse_pack(files_)->hash, hash) << name;
        bytes.pop_back();
    }
}

}  // namespace
}  // namespace machikoe
