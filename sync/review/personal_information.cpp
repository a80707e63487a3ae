#include "sync/review/personal_information.h"

#include <mecab.h>
#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>

namespace machikoe {
namespace {

// Digits and hyphens as people type them, half and full width, and the long vowel mark that
// stands for a hyphen on many keyboards.
#define DIGIT "[0-9０-９]"
#define DASH "[-‐‑–—−－ーｰ]"

struct Shape {
    PersonalInformation kind;
    const char* pattern;
};
constexpr Shape kShapes[] = {
    {PersonalInformation::Email, "[A-Za-z0-9._%+＿．-]+[@＠][A-Za-z0-9.．-]+[.．][A-Za-z]{2,}"},
    {PersonalInformation::Telephone,
     "(?<!" DIGIT ")(?:[+＋]81[ 　-]?" DIGIT "{1,4}|[0０]" DIGIT "{1,4})(?:" DASH
     "|[ 　()（）])?" DIGIT "{1,4}(?:" DASH "|[ 　()（）])?" DIGIT "{3,4}(?!" DIGIT ")"},
    {PersonalInformation::Address, "〒?" DIGIT "{3}" DASH DIGIT "{4}(?!" DIGIT ")"},
    {PersonalInformation::Address, "[\\p{Han}]{1,8}" DIGIT "{1,3}(?:丁目|" DASH ")" DIGIT
                                   "{1,3}(?:(?:番地?|" DASH ")" DIGIT "{0,4}号?)?"},
    {PersonalInformation::Address,
     "[\\p{Han}]{1,8}[一二三四五六七八九十]{1,2}丁目(?:" DIGIT "{1,3}番?(?:" DIGIT "{1,3}号)?)?"},
};

/// A telephone number has ten or eleven digits: fewer are a year, a time or a price.
bool has_a_telephones_digits(const icu::UnicodeString& text) {
    int digits = 0;
    for (int i = 0; i < text.length(); ++i) digits += u_isdigit(text.charAt(i)) ? 1 : 0;
    return digits >= 10 && digits <= 13;
}

std::size_t bytes_before(const icu::UnicodeString& text, int end) {
    std::string utf8;
    text.tempSubString(0, end).toUTF8String(utf8);
    return utf8.size();
}

void add_unless_covered(std::vector<Finding>& findings, const Finding& finding) {
    const bool covered = std::ranges::any_of(findings, [&](const Finding& other) {
        return finding.begin < other.end && other.begin < finding.end;
    });
    if (!covered) findings.push_back(finding);
}

struct Word {
    std::string_view surface;
    std::string_view feature;
    std::size_t begin;
};

bool is_name(const Word& word) {
    return word.feature.starts_with("名詞,固有名詞,人名");
}
/// さん, 様, 君: what stands before it is somebody, whatever the dictionary says.
bool is_honorific(const Word& word) {
    return word.feature.starts_with("名詞,接尾,人名") || word.surface == "様";
}
bool could_be_a_name(const Word& word) {
    return word.feature.starts_with("名詞,固有名詞") ||
           word.feature.starts_with("名詞,一般,*,*,*,*,*");
}
/// 鶴見 in 鶴見区: a surname that is a place here.
bool makes_a_place(const Word& word) {
    for (const std::string_view end : {"区", "町", "市", "駅", "小学校", "中学校", "地域", "公園",
                                       "緑地", "商店街", "通り", "会館"})
        if (word.surface.starts_with(end)) return true;
    return false;
}

}  // namespace

struct PersonalInformationFinder::Parts {
    std::unique_ptr<MeCab::Tagger> tagger;
    std::vector<std::pair<PersonalInformation, std::unique_ptr<icu::RegexPattern>>> shapes;

    void find_shapes(std::string_view text, std::vector<Finding>& findings) const;
    void find_names(std::string_view text, std::vector<Finding>& findings) const;
};

std::string_view name_of(PersonalInformation kind) {
    switch (kind) {
        case PersonalInformation::Telephone:
            return "telephone";
        case PersonalInformation::Email:
            return "email";
        case PersonalInformation::Address:
            return "address";
        case PersonalInformation::Name:
            return "name";
    }
    return "";
}

PersonalInformationFinder::PersonalInformationFinder(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)) {}
PersonalInformationFinder::PersonalInformationFinder(PersonalInformationFinder&&) noexcept =
    default;
PersonalInformationFinder::~PersonalInformationFinder() = default;

Result<PersonalInformationFinder> PersonalInformationFinder::open() {
    auto parts = std::make_unique<Parts>();
    parts->tagger.reset(MeCab::createTagger("-d /var/lib/mecab/dic/ipadic-utf8"));
    if (!parts->tagger)
        return fail(ErrorCode::Unavailable,
                    "the dictionary of names is not there (Debian package mecab-ipadic-utf8)");
    for (const Shape& shape : kShapes) {
        UErrorCode error = U_ZERO_ERROR;
        UParseError place;
        parts->shapes.emplace_back(
            shape.kind,
            icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(shape.pattern), place, error));
        if (U_FAILURE(error)) return fail(ErrorCode::Corrupt, "a pattern of the review is broken");
    }
    return PersonalInformationFinder(std::move(parts));
}

void PersonalInformationFinder::Parts::find_shapes(std::string_view text,
                                                   std::vector<Finding>& findings) const {
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    for (const auto& [kind, pattern] : shapes) {
        UErrorCode error = U_ZERO_ERROR;
        const std::unique_ptr<icu::RegexMatcher> matcher(pattern->matcher(wide, error));
        while (U_SUCCESS(error) && matcher->find()) {
            const int begin = matcher->start(error), end = matcher->end(error);
            if (kind == PersonalInformation::Telephone &&
                !has_a_telephones_digits(wide.tempSubStringBetween(begin, end)))
                continue;
            add_unless_covered(findings,
                               {kind, bytes_before(wide, begin), bytes_before(wide, end)});
        }
    }
}

void PersonalInformationFinder::Parts::find_names(std::string_view text,
                                                  std::vector<Finding>& findings) const {
    std::vector<Word> words;
    for (const MeCab::Node* node = tagger->parseToNode(text.data(), text.size()); node != nullptr;
         node = node->next)
        if (node->length > 0)
            words.push_back({{node->surface, node->length},
                             node->feature,
                             static_cast<std::size_t>(node->surface - text.data())});
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool followed = i + 1 < words.size();
        const bool honoured = followed && is_honorific(words[i + 1]) && could_be_a_name(words[i]);
        if (!is_name(words[i]) && !honoured) continue;
        if (followed && makes_a_place(words[i + 1])) continue;
        add_unless_covered(findings, {PersonalInformation::Name, words[i].begin,
                                      words[i].begin + words[i].surface.size()});
    }
}

std::vector<Finding> PersonalInformationFinder::find(std::string_view text) {
    std::vector<Finding> findings;
    parts_->find_shapes(text, findings);
    parts_->find_names(text, findings);
    std::ranges::sort(findings, {}, &Finding::begin);
    return findings;
}

std::string redacted(std::string_view text, const std::vector<Finding>& findings) {
    constexpr std::string_view kWords[] = {"［電話番号］", "［メールアドレス］", "［住所］",
                                           "［氏名］"};
    std::string result;
    std::size_t done = 0;
    std::optional<PersonalInformation> last;
    for (const Finding& finding : findings) {
        // A surname and a first name are one name.
        const bool goes_on = last == finding.kind && finding.begin == done;
        result += text.substr(done, finding.begin - done);
        if (!goes_on) result += kWords[static_cast<std::size_t>(finding.kind)];
        done = finding.end;
        last = finding.kind;
    }
    return result += text.substr(done);
}

}  // namespace machikoe
