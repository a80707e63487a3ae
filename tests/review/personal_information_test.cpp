// PersonalInformation: sentences as residents write them, with and without somebody in them.
#include "sync/review/personal_information.h"

#include <gtest/gtest.h>

#include <set>

namespace machikoe {
namespace {

using enum PersonalInformation;

struct Sentence {
    const char* text;
    std::set<PersonalInformation> holds;
};

const std::vector<Sentence> kSentences = {
    {"電話は090-1234-5678です。", {Telephone}},
    {"０６－６９１５－１２３４に連絡してください。", {Telephone}},
    {"連絡先は06(6915)9999までお願いします。", {Telephone}},
    {"携帯 08012345678 にどうぞ", {Telephone}},
    {"+81 90-1234-5678 please call me", {Telephone}},
    {"メールは hanako.yamada@example.jp です。", {Email}},
    {"tarou＠example.com へ送ってください", {Email}},
    {"〒538-8510 の近くです。", {Address}},
    {"横堤5-4-19の前の道が暗いです。", {Address}},
    {"緑３丁目２番１号に住んでいます。", {Address}},
    {"諸口六丁目の交差点が危ないです。", {Address}},
    {"山田太郎さんがいつも助けてくれます。", {Name}},
    {"町会長の田中さんにお世話になっています。", {Name}},
    {"佐藤花子といいます。意見があります。", {Name}},
    {"隣の鈴木様が困っています。", {Name}},
    {"高橋先生の教室がよかったです。", {Name}},
    {"伊藤くんのお母さんが会を始めました。", {Name}},
    {"民生委員の渡辺さんに相談しました。", {Name}},
    {"小林一郎 090-9999-8888", {Name, Telephone}},
    {"夜の道が暗いので街灯を増やしてください。", {}},
    {"子どもが遊べる公園がもっとほしいです。", {}},
    {"防災訓練に参加しました。とてもよかったです。", {}},
    {"2022年6月1日の催しは楽しかったです。", {}},
    {"駅前の自転車を何とかしてください。", {}},
    {"地域活動協議会のことを初めて知りました。", {}},
    {"保育所に入れず、3年も待っています。", {}},
    {"鶴見区はとても住みやすいまちだと思います。", {}},
    {"1000円くらいなら会費を払えます。", {}},
    {"外国の人とも話せる場所があるとよいです。", {}},
    {"区役所の窓口が9時から17時半では行けません。", {}},
    {"水は3日分、食べ物は7日分あります。", {}},
    {"特にありません。", {}},
};

class PersonalInformationTest : public testing::Test {
  protected:
    std::set<PersonalInformation> kinds_in(std::string_view text) {
        std::set<PersonalInformation> kinds;
        for (const Finding& finding : finder_.find(text)) kinds.insert(finding.kind);
        return kinds;
    }
    std::string after(std::string_view text) { return redacted(text, finder_.find(text)); }
    PersonalInformationFinder finder_ = PersonalInformationFinder::open().value();
};

TEST_F(PersonalInformationTest, EveryNumberAndAddressIsFoundAndNineNamesInTen) {
    int names = 0, found_names = 0, false_alarms = 0;
    for (const Sentence& sentence : kSentences) {
        const auto kinds = kinds_in(sentence.text);
        for (const PersonalInformation kind : sentence.holds) {
            if (kind == Name) {
                ++names;
                found_names += kinds.contains(Name) ? 1 : 0;
                if (!kinds.contains(Name)) std::printf("missed: %s\n", sentence.text);
            } else {
                EXPECT_TRUE(kinds.contains(kind)) << sentence.text;
            }
        }
        for (const PersonalInformation kind : kinds)
            if (!sentence.holds.contains(kind)) {
                ++false_alarms;
                std::printf("false alarm: %s (%s)\n", sentence.text,
                            std::string(name_of(kind)).c_str());
            }
    }
    std::printf("names found %d of %d, false alarms %d in %zu sentences\n", found_names, names,
                false_alarms, kSentences.size());
    EXPECT_GE(found_names * 10, names * 9);
    EXPECT_LE(false_alarms, 2);
}

TEST_F(PersonalInformationTest, ARedactionLeavesTheRestAsItWas) {
    EXPECT_EQ(after("電話は090-1234-5678です。"), "電話は［電話番号］です。");
    EXPECT_EQ(after("山田太郎さんへ a@example.jp まで"), "［氏名］さんへ ［メールアドレス］ まで");
    EXPECT_EQ(after("特にありません。"), "特にありません。");
}

TEST_F(PersonalInformationTest, AnyBytesAreRead) {
    for (const std::string text : {"", "\xff\xfe", "🙂🙂", "０９０"})
        EXPECT_NO_FATAL_FAILURE(after(text));
}

}  // namespace
}  // namespace machikoe
