// PersonalInformation: what of a free text could name a person: telephone numbers, e-mail and
// postal addresses, names.
//
// Numbers and addresses by their shape (app/survey/contact_details.h); names by the dictionary of
// MeCab (IPADIC).  A finding is a reason for a person to look, never a judgement: a rare name is
// missed and a word that is also a name is found (docs/review.md has the counts of a test).
//
// Belongs to one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace machikoe {

enum class PersonalInformation { Telephone, Email, Address, Name };
std::string_view name_of(PersonalInformation kind);  // "telephone", "email", "address", "name"

struct Finding {
    PersonalInformation kind = PersonalInformation::Telephone;
    std::size_t begin = 0, end = 0;  // bytes
    bool operator==(const Finding&) const = default;
};

class PersonalInformationFinder {
  public:
    /// Unavailable: the dictionary is not there (Debian package mecab-ipadic-utf8).
    static Result<PersonalInformationFinder> open();
    PersonalInformationFinder(PersonalInformationFinder&&) noexcept;
    ~PersonalInformationFinder();
    /// In order, not overlapping.
    std::vector<Finding> find(std::string_view text);

  private:
    struct Parts;
    explicit PersonalInformationFinder(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// Every finding replaced by what it was: ［電話番号］［メールアドレス］［住所］［氏名］.
std::string redacted(std::string_view text, const std::vector<Finding>& findings);

}  // namespace machikoe
