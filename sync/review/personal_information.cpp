#include "sync/review/personal_information.h"

#include <mecab.h>

#include <algorithm>
#include <optional>

#include "app/survey/contact_details.h"

namespace machikoe {
namespace {

void add_unless_covered(std::vector<Finding>& findings, const Finding& finding) {
    const bool covered = std::ranges::any_of(findings, [&](const Finding& other) {
        return finding.begin < other.end && other.begin < finding.end;
    });
    if (!covered) findings.push_back(finding);
}

PersonalInformation kind_of(ContactDetail detail) {
    switch (detail) {
        case ContactDetail::Telephone:
            return PersonalInformation::Telephone;
        case ContactDetail::Email:
            return PersonalInformation::Email;
        case ContactDetail::Address:
            return PersonalInformation::Address;
    }
    return PersonalInformation::Address;
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
    return PersonalInformationFinder(std::move(parts));
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
    for (const ContactFinding& found : contact_findings(text))
        findings.push_back({kind_of(found.kind), found.begin, found.end});
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
