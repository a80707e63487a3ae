// Twenty comments as residents write them, typed in kana and converted once: how often the first
// choice is right.  The ways of writing that are right are said one by one: 分かる and わかる are
// both, 気をつけて for 信号機を付けて is none.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "tests/writing/mozc_fixture.h"

namespace machikoe {
namespace {

struct Comment {
    const char* reading;
    std::vector<const char*> right;
};

const std::vector<Comment> kComments = {
    {"よるのみちがくらいのでがいとうをふやしてください",
     {"夜の道が暗いので街灯を増やしてください"}},
    {"こうえんのといれをきれいにしてほしいです",
     {"公園のトイレをきれいにしてほしいです", "公園のトイレを綺麗にしてほしいです",
      "公園のトイレをきれいにして欲しいです", "公園のトイレを綺麗にして欲しいです"}},
    {"ほいくしょにはいれなくてこまっています", {"保育所に入れなくて困っています"}},
    {"ごみのわけかたがわかりにくいです",
     {"ごみの分け方が分かりにくいです", "ごみの分け方がわかりにくいです",
      "ゴミの分け方が分かりにくいです", "ゴミの分け方がわかりにくいです"}},
    {"ほどうにじてんしゃがとまっていてあぶないです",
     {"歩道に自転車が停まっていて危ないです", "歩道に自転車が止まっていて危ないです",
      "歩道に自転車がとまっていて危ないです"}},
    {"おまつりがたのしかったのでまたやってください",
     {"お祭りが楽しかったのでまたやってください", "お祭りが楽しかったので又やってください"}},
    {"ぼうさいくんれんにさんかしたいです", {"防災訓練に参加したいです"}},
    {"こどもがあそべるばしょがすくないです",
     {"子供が遊べる場所が少ないです", "子どもが遊べる場所が少ないです",
      "こどもが遊べる場所が少ないです"}},
    {"くやくしょのまどぐちでまつじかんがながいです", {"区役所の窓口で待つ時間が長いです"}},
    {"こうさてんにしんごうをつけてください",
     {"交差点に信号をつけてください", "交差点に信号を付けてください"}},
    {"としよりがあつまれるばしょがほしいです",
     {"年寄りが集まれる場所が欲しいです", "年寄りが集まれる場所がほしいです"}},
    {"ちいきのかつどうをもっとしらせてほしい",
     {"地域の活動をもっと知らせてほしい", "地域の活動をもっと知らせて欲しい"}},
    {"えきまえのみちがせまくてべびーかーがとおれません",
     {"駅前の道が狭くてベビーカーが通れません"}},
    {"がいこくじんにもわかるにほんごでかいてください",
     {"外国人にも分かる日本語で書いてください", "外国人にもわかる日本語で書いてください"}},
    {"としょかんのかいかんじかんをのばしてください", {"図書館の開館時間を延ばしてください"}},
    {"たばこのすいがらがおおくてこまります",
     {"たばこの吸い殻が多くて困ります", "タバコの吸い殻が多くて困ります",
      "煙草の吸い殻が多くて困ります", "たばこの吸殻が多くて困ります",
      "タバコの吸殻が多くて困ります"}},
    {"こうみんかんのよやくがいんたーねっとでできるとべんりです",
     {"公民館の予約がインターネットでできると便利です",
      "公民館の予約がインターネットで出来ると便利です"}},
    {"つうがくろのがーどれーるがこわれています", {"通学路のガードレールが壊れています"}},
    {"ひなんじょのばしょをしりませんでした", {"避難所の場所を知りませんでした"}},
    {"いつもちあんをまもってくれてありがとうございます",
     {"いつも治安を守ってくれてありがとうございます", "いつも治安を守ってくれて有難うございます"}},
};

class CommentsTest : public MozcFixture {
  protected:
    void SetUp() override {
        MozcFixture::SetUp();
        if (!is_mozc_there()) GTEST_SKIP() << "packages mozc-server, emacs-mozc-bin";
    }
};

TEST_F(CommentsTest, SeventeenOfTwentyAreRightAtTheFirstChoice) {
    using Clock = std::chrono::steady_clock;
    const auto begun = Clock::now();
    auto mozc = session();
    ASSERT_EQ(settled(*mozc), ConverterState::Ready);
    const auto since = [](Clock::time_point start) {
        return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    };
    const double start_ms = since(begun);
    ASSERT_EQ(kComments.size(), 20u);
    std::size_t right = 0;
    double longest_ms = 0;
    for (const Comment& comment : kComments) {
        const auto start = Clock::now();
        const auto converted = mozc->convert(comment.reading);
        longest_ms = std::max(longest_ms, since(start));
        ASSERT_TRUE(converted) << comment.reading;
        std::string text;
        for (const std::string& part : converted->parts) text += part;
        const bool is_right = std::ranges::any_of(
            comment.right, [&](const char* writing) { return text == writing; });
        right += is_right ? 1u : 0u;
        if (!is_right) std::printf("not right: %s\n", text.c_str());
        ASSERT_TRUE(mozc->drop());
    }
    const auto end = Clock::now();
    mozc.reset();
    std::printf(
        "right at first choice: %zu of 20; ready after %.0f ms; a whole sentence at most "
        "%.0f ms; ended and cleared away in %.0f ms\n",
        right, start_ms, longest_ms, since(end));
    EXPECT_GE(right, 17u);
}

}  // namespace
}  // namespace machikoe
