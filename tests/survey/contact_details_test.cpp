// ContactDetails: what a resident is told of while writing, and what not.
#include "app/survey/contact_details.h"

#include <gtest/gtest.h>

#include <string>

namespace machikoe {
namespace {

using enum ContactDetail;

/// What was found, in words: "[電話]090…".
std::string found_in(std::string_view text) {
    std::string found;
    for (const ContactFinding& finding : contact_findings(text)) {
        const char* kinds[] = {"tel:", "mail:", "home:"};
        if (!found.empty()) found += " ";
        found += kinds[static_cast<std::size_t>(finding.kind)];
        found += text.substr(finding.begin, finding.end - finding.begin);
    }
    return found;
}

TEST(ContactDetailsTest, NumbersAndAddressesAreFoundWhereTheyStand) {
    EXPECT_EQ(found_in("電話は090-1234-5678です。"), "tel:090-1234-5678");
    EXPECT_EQ(found_in("０６－６９１５－１２３４へ"), "tel:０６－６９１５－１２３４");
    EXPECT_EQ(found_in("メール hanako@example.jp まで"), "mail:hanako@example.jp");
    EXPECT_EQ(found_in("横堤5-4-19の前"), "home:横堤5-4-19");
    EXPECT_EQ(found_in("a@example.jp 〒538-8510 0612345678"),
              "mail:a@example.jp home:〒538-8510 tel:0612345678");
}

TEST(ContactDetailsTest, NumbersOfOtherThingsAreLeftAlone) {
    for (const char* text : {"2022年6月1日の催し", "9時から17時半", "1000円くらい", "24時間 365日",
                             "水は3日分、食べ物は7日分", ""})
        EXPECT_EQ(found_in(text), "") << text;
}

/// Places must lie within the text, whatever its bytes are.
TEST(ContactDetailsTest, NothingIsFoundInWhatIsNotUtf8) {
    EXPECT_EQ(found_in("\xff\xfe\xff\xfe 090-1234-5678"), "");
    EXPECT_EQ(found_in("\xed\xa0\x80 a@example.jp"), "");
}

}  // namespace
}  // namespace machikoe
