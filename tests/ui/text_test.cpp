// Text: where lines end, what ruby does, what fits; all without a window.
#include "app/ui/text.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/ui/text_layout.h"

namespace machikoe {
namespace {

const std::string kParagraph =
    "「バス」や{電車|でんしゃ}がなくても、{病院|びょういん}・{買|か}い{物|もの}に{行|い}"
    "けるまちへ。"
    "コンピューターで{予約|よやく}できます、ご{利用|りよう}ください。（{約|やく}"
    "２割が、きゃっきゃっと）"
    "{小学校|しょうがっこう}の{統廃合|とうはいごう}よりも、{小|ちい}さな{学校|がっこう}を{地域|"
    "ちいき}に"
    "{残|のこ}すことを{優先|ゆうせん}すべきだと{思|おも}いますか？";

std::string utf8(std::u32string_view characters) {
    std::string text;
    for (const char32_t c : characters) {
        if (c < 0x80) {
            text += static_cast<char>(c);
        } else if (c < 0x800) {
            text += static_cast<char>(0xC0 | c >> 6);
            text += static_cast<char>(0x80 | (c & 63));
        } else if (c < 0x10000) {
            text += static_cast<char>(0xE0 | c >> 12);
            text += static_cast<char>(0x80 | (c >> 6 & 63));
            text += static_cast<char>(0x80 | (c & 63));
        } else {
            text += static_cast<char>(0xF0 | c >> 18);
            text += static_cast<char>(0x80 | (c >> 12 & 63));
            text += static_cast<char>(0x80 | (c >> 6 & 63));
            text += static_cast<char>(0x80 | (c & 63));
        }
    }
    return text;
}

class TextTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        auto made = TextEngine::create();
        ASSERT_TRUE(made) << made.error().message;
        engine_ = made->release();
        faces_ = FontFaces::create().value().release();
    }
    static void TearDownTestSuite() {
        delete engine_;
        delete faces_;
    }

    ClusterText clusters_of(std::string_view markup, Language language, int px,
                            float max_width = 0) {
        const RubyText text = parse_ruby_text(markup);
        ClusterStyle style;
        style.face = faces_->face_of(language, Weight::Regular);
        style.language = language;
        style.px = px;
        style.ruby_px = px / 2;
        style.max_width = max_width;
        return make_clusters(text, breaks_.of(text.characters, language), *faces_, style);
    }

    /// The lines of a text at 20 px, without ruby.
    std::vector<std::u32string> lines_of(std::string_view markup, Language language, float width,
                                         bool balance = false) {
        const RubyText text = parse_ruby_text(markup);
        ClusterText made = clusters_of(markup, language, 20, width);
        std::vector<std::u32string> lines;
        for (const Line& line : break_lines(made.clusters, width, balance).lines) {
            if (line.begin == line.end) {
                lines.emplace_back();
                continue;
            }
            const std::size_t from = made.clusters[line.begin].first_character;
            const std::size_t to = made.clusters[line.end - 1].end_character;
            lines.push_back(text.characters.substr(from, to - from));
        }
        return lines;
    }

    /// The pieces that a line may end between.
    std::string pieces(std::string_view markup, Language language) {
        const RubyText text = parse_ruby_text(markup);
        const std::vector<Break> breaks = breaks_.of(text.characters, language);
        std::string joined;
        for (std::size_t i = 0; i < text.characters.size(); ++i) {
            if (breaks[i] == Break::Allowed) joined += "/";
            joined += utf8(text.characters.substr(i, 1));
        }
        return joined;
    }

    static inline TextEngine* engine_ = nullptr;
    static inline FontFaces* faces_ = nullptr;
    LineBreaks breaks_;
};

// ---- ill-formed input ---------------------------------------------------------------------

TEST_F(TextTest, EveryCutOfATextIsLaidOut) {
    const std::string text = "お{名前|なまえ}は{{聞|き}|x}き\nません{|}{|か}。";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        for (const float width : {0.f, 1.f, 50.f, 300.f}) {
            const TextBlock& block = engine_->layout(text.substr(0, length), {}, width);
            EXPECT_EQ(block.lines == 0, length == 0);
            EXPECT_EQ(block.height > 0, length > 0);
        }
    }
}

TEST_F(TextTest, IllFormedBytesBecomeReplacementCharacters) {
    EXPECT_EQ(parse_ruby_text("a\xFFz").characters, U"a\uFFFDz");
    EXPECT_EQ(parse_ruby_text("\xE3\x81").characters, U"\uFFFD");
    EXPECT_EQ(parse_ruby_text(std::string_view("a\0b\r\x1B", 5)).characters, U"ab");
    EXPECT_GT(engine_->layout("\xC0\x80\xED\xA0\x80", {}, 0).glyphs.size(), 0u);
}

TEST_F(TextTest, DecomposedLettersAreComposed) {
    EXPECT_EQ(parse_ruby_text("Tie\u0302\u0301ng").characters, U"Tiếng");
}

TEST_F(TextTest, MalformedRubyIsDrawnAsItStands) {
    EXPECT_EQ(parse_ruby_text("{漢字").characters, U"{漢字");
    EXPECT_EQ(parse_ruby_text("{|}").characters, U"{|}");
    EXPECT_TRUE(parse_ruby_text("{漢字|}").runs.empty());
}

TEST_F(TextTest, AbsurdSizesAndWidthsAreSurvived) {
    for (const float px : {-5.f, 0.f, 0.4f, 5000.f}) {
        TextStyle style;
        style.px = px;
        EXPECT_GT(engine_->layout(kParagraph, style, 100).height, 0);
        EXPECT_GT(engine_->layout(kParagraph, style, -100).height, 0);
    }
}

// ---- line breaks --------------------------------------------------------------------------

TEST_F(TextTest, NoLineStartsOrEndsAgainstKinsoku) {
    const std::u32string never_first = U"、。，．・：；？！）」』】ーゃゅょっぁャュョッァ々…％";
    const std::u32string never_last = U"「『（【";
    const std::string chinese = "（您可以随时停止）。他说：“可以吗？”《条例》第２条，以及、其他……";
    int lines = 0;
    for (const Language language :
         {Language::Ja, Language::JaEasy, Language::ZhHans, Language::ZhHant, Language::Ko}) {
        for (const std::string& text : {kParagraph, chinese}) {
            for (float width = 5; width < 700; width += 7) {
                for (const bool balance : {false, true}) {
                    for (const std::u32string& line : lines_of(text, language, width, balance)) {
                        ASSERT_FALSE(line.empty());
                        ++lines;
                        ASSERT_EQ(never_first.find(line.front()), std::u32string::npos)
                            << utf8(line) << " at " << width;
                        ASSERT_EQ(never_last.find(line.back()), std::u32string::npos)
                            << utf8(line) << " at " << width;
                    }
                }
            }
        }
    }
    EXPECT_GT(lines, 10000);
}

TEST_F(TextTest, LinesLoseNothingButSpaces) {
    for (const Language language : kAllLanguages) {
        for (float width = 20; width < 900; width += 31) {
            std::u32string joined;
            for (const std::u32string& line : lines_of(kParagraph, language, width)) {
                joined += line;
            }
            EXPECT_EQ(joined, parse_ruby_text(kParagraph).characters);
        }
    }
}

TEST_F(TextTest, JapaneseIsBrokenByPhrase) {
    EXPECT_EQ(
        pieces("小学校の統廃合よりも、小さな学校を地域に残すことを優先すべきだと思いますか？",
               Language::Ja),
        "小学校の/統廃合よりも、/小さな/学校を/地域に/残す/ことを/優先/すべきだと/思いますか？");
    EXPECT_EQ(pieces("「バス」や電車", Language::Ja), "「バス」や/電車");
    EXPECT_EQ(pieces("児童数は１０年間で約２割減りました。", Language::Ja).find("/数"),
              std::string::npos);
    EXPECT_EQ(pieces("約２割", Language::Ja), "約２割");
    EXPECT_EQ(pieces("考えてみてください。", Language::JaEasy).find("くだ/さい"),
              std::string::npos);
}

TEST_F(TextTest, TheAuthorMayJoinAndDivide) {
    EXPECT_EQ(pieces("学校を\u2060地域に", Language::Ja), "学校を\u2060地域に");
    EXPECT_EQ(pieces("学\u200B校", Language::Ja), "学\u200B/校");
}

TEST_F(TextTest, OtherLanguagesBreakInTheirOwnWay) {
    EXPECT_EQ(pieces("您可以，停止", Language::ZhHans), "您/可/以，/停/止");
    EXPECT_EQ(pieces("학교를 지역에 남기는", Language::Ko), "학교를 /지역에 /남기는");
    EXPECT_EQ(pieces("Small schools, please.", Language::En), "Small /schools, /please.");
    EXPECT_EQ(pieces("Tiếng Việt", Language::Vi), "Tiếng /Việt");
}

TEST_F(TextTest, ALineFeedEndsALine) {
    EXPECT_EQ(lines_of("一\n\n二", Language::Ja, 0),
              (std::vector<std::u32string>{U"一", U"", U"二"}));
    EXPECT_EQ(engine_->layout("a\nb\nc", {}, 0).lines, 3);
    EXPECT_EQ(engine_->layout("a\n", {}, 0).lines, 1);
}

TEST_F(TextTest, LinesStayInsideTheBox) {
    for (float width = 150; width < 900; width += 13) {
        for (const bool balance : {false, true}) {
            TextStyle style;
            style.balance = balance;
            EXPECT_LE(engine_->layout(kParagraph, style, width).width, width + 0.1f);
        }
    }
}

TEST_F(TextTest, AWordWiderThanTheBoxIsBrokenAndSaysSo) {
    TextStyle style;
    style.language = Language::En;
    const TextBlock& narrow = engine_->layout("incomprehensibilities", style, 100);
    EXPECT_TRUE(narrow.broke_word);
    EXPECT_GT(narrow.lines, 1);
    EXPECT_LE(narrow.width, 100);
    EXPECT_FALSE(engine_->layout("a b c", style, 100).broke_word);
}

TEST_F(TextTest, BalancedLinesAreOfLikeLength) {
    // 「町の未来、/あなたの声で。」 rather than a full line and a rest.
    EXPECT_EQ(lines_of("町の未来、あなたの声で。", Language::Ja, 190, true),
              (std::vector<std::u32string>{U"町の未来、", U"あなたの声で。"}));
    EXPECT_EQ(lines_of(kParagraph, Language::Ja, 400, true).size(),
              lines_of(kParagraph, Language::Ja, 400, false).size());
}

// ---- ruby ---------------------------------------------------------------------------------

TEST_F(TextTest, RubyIsNeverDivided) {
    const RubyText text = parse_ruby_text(kParagraph);
    for (float width = 130; width < 700; width += 9) {
        std::size_t at = 0;
        for (const std::u32string& line : lines_of(kParagraph, Language::Ja, width)) {
            at += line.size();
            for (const RubyText::Run& run : text.runs) {
                EXPECT_FALSE(at > run.begin && at < run.end) << utf8(line);
            }
        }
    }
}

TEST_F(TextTest, AGroupWiderThanTheBoxIsDivided) {
    const std::string group = "{地方公共団体情報|ちほうこうきょうだんたいじょうほう}";
    EXPECT_EQ(lines_of(group, Language::Ja, 0).size(), 1u);
    const auto lines = lines_of(group, Language::Ja, 90);
    EXPECT_GT(lines.size(), 1u);
    const ClusterText made = clusters_of(group, Language::Ja, 20, 90);
    const auto ruby = std::count_if(made.glyphs.begin(), made.glyphs.end(),
                                    [](const PenGlyph& glyph) { return glyph.is_ruby; });
    EXPECT_EQ(ruby, 17);
}

TEST_F(TextTest, ANarrowReadingIsSpreadOverItsBase) {
    const ClusterText made = clusters_of("{未来|みらい}", Language::Ja, 40);
    ASSERT_EQ(made.clusters.size(), 1u);
    EXPECT_FLOAT_EQ(made.clusters[0].width, 80);
    ASSERT_EQ(made.glyphs.size(), 5u);
    EXPECT_GT(made.glyphs[3].x - made.glyphs[2].x, 20);
    EXPECT_GT(made.glyphs[2].x, 0);
    EXPECT_NEAR(made.glyphs[2].x, 80 - (made.glyphs[4].x + 20), 0.01);
}

TEST_F(TextTest, AWideReadingHangsOverKanaButNotOverKanji) {
    const ClusterText over_kana = clusters_of("の{志|こころざし}を", Language::Ja, 40);
    const ClusterText over_kanji = clusters_of("大{志|こころざし}大", Language::Ja, 40);
    EXPECT_LT(over_kana.clusters[1].lead, 0);
    EXPECT_LT(over_kana.clusters[1].trail, 0);
    EXPECT_GE(over_kana.clusters[1].lead, -10);
    EXPECT_FLOAT_EQ(over_kanji.clusters[1].lead, 0);
    EXPECT_NEAR(over_kanji.clusters[1].width, 90, 0.1);  // five at 0.9 of 20 px
    EXPECT_NEAR(over_kana.clusters[1].width, 70, 0.1);   // less 10 px on either side
}

TEST_F(TextTest, TwoReadingsDoNotHangOverEachOther) {
    const ClusterText made = clusters_of("{志|こころざし}{志|こころざし}", Language::Ja, 40);
    EXPECT_FLOAT_EQ(made.clusters[0].trail, 0);
    EXPECT_FLOAT_EQ(made.clusters[1].lead, 0);
}

TEST_F(TextTest, RubyRaisesEveryLineOfItsBlock) {
    const TextBlock plain = engine_->layout("町の\n未来", {}, 0);
    const TextBlock with = engine_->layout("町の\n{未来|みらい}", {}, 0);
    TextStyle style;
    style.reserve_ruby = true;
    const TextBlock reserved = engine_->layout("町の\n未来", style, 0);
    EXPECT_GT(with.height, plain.height + 2 * 0.5f * 32);
    EXPECT_FLOAT_EQ(with.height, reserved.height);
    EXPECT_FLOAT_EQ(with.first_baseline, reserved.first_baseline);
    style = {};
    style.ruby = false;
    EXPECT_FLOAT_EQ(engine_->layout("町の\n{未来|みらい}", style, 0).height, plain.height);
}

// ---- fitting ------------------------------------------------------------------------------

TEST_F(TextTest, FittingGrowsWithTheBox) {
    float before = 0;
    for (float side = 100; side < 1000; side += 50) {
        TextStyle style;
        style.px = 60;
        const float px = engine_->fit(kParagraph, style, side, side, 12);
        EXPECT_GE(px, before);
        EXPECT_GE(px, 12);
        EXPECT_LE(px, 60);
        if (px > 12) {
            style.px = px;
            EXPECT_LE(engine_->layout(kParagraph, style, side).height, side);
        }
        before = px;
    }
    EXPECT_GT(before, 30);
}

TEST_F(TextTest, TooManyLinesAreCutWithAnEllipsis) {
    TextStyle style;
    style.max_lines = 2;
    const TextBlock& cut = engine_->layout(kParagraph, style, 400);
    EXPECT_TRUE(cut.cut);
    EXPECT_EQ(cut.lines, 2);
    EXPECT_LE(cut.width, 400.1f);
    style.max_lines = 50;
    const TextBlock& whole = engine_->layout(kParagraph, style, 400);
    EXPECT_FALSE(whole.cut);
    EXPECT_GT(whole.lines, 2);
    style.max_lines = 1;
    EXPECT_EQ(engine_->layout("あ\nい", style, 0).glyphs.size(), 2u);  // あ…
    EXPECT_TRUE(engine_->layout(kParagraph, style, 3).cut);
}

TEST_F(TextTest, AlignedLinesEndWhereTheBoxDoes) {
    TextStyle style;
    const float left = engine_->layout("あ", style, 300).glyphs[0].x;
    style.align = Align::Centre;
    const float centre = engine_->layout("あ", style, 300).glyphs[0].x;
    style.align = Align::Right;
    const float right = engine_->layout("あ", style, 300).glyphs[0].x;
    EXPECT_FLOAT_EQ(left, 0);
    EXPECT_FLOAT_EQ(centre, 134);
    EXPECT_FLOAT_EQ(right, 268);
}

// ---- glyphs, cache, atlas -----------------------------------------------------------------

TEST_F(TextTest, EveryLanguageCanWriteItsOwnName) {
    for (const Language language : kAllLanguages) {
        for (const Weight weight : {Weight::Regular, Weight::Medium, Weight::Bold, Weight::Black}) {
            TextStyle style;
            style.language = language;
            style.weight = weight;
            const TextBlock& block = engine_->layout(native_name_of(language), style, 0);
            EXPECT_EQ(block.missing, 0) << native_name_of(language);
            EXPECT_GT(block.width, 32);
        }
    }
}

TEST_F(TextTest, CharactersWithoutAGlyphAreCounted) {
    EXPECT_EQ(engine_->layout("a\U0001F600b\U0010FFFDc", {}, 0).missing, 2);
    EXPECT_EQ(engine_->layout("澤齋邊濵鴫①→…—℃㈱𠮷", {}, 0).missing, 0);
    EXPECT_EQ(engine_->layout("a\u200Bb\u2060c\n", {}, 0).missing, 0);
}

TEST_F(TextTest, JapaneseAndChineseDifferInTheSameCharacter) {
    for (const char32_t c : {U'直', U'骨', U'角', U'海'}) {
        const FaceGlyph ja = faces_->glyph(faces_->face_of(Language::Ja, Weight::Bold), c);
        const FaceGlyph zh = faces_->glyph(faces_->face_of(Language::ZhHans, Weight::Bold), c);
        EXPECT_NE(ja.index, 0u);
        EXPECT_NE(ja.index, zh.index);
    }
}

TEST_F(TextTest, TheSameLayoutIsMadeOnce) {
    const TextBlock& first = engine_->layout(kParagraph, {}, 333);
    EXPECT_EQ(&engine_->layout(std::string(kParagraph), {}, 333), &first);
    EXPECT_NE(&engine_->layout(kParagraph, {}, 334), &first);
    TextStyle style;
    style.language = Language::JaEasy;
    EXPECT_NE(&engine_->layout(kParagraph, style, 333), &first);
}

}  // namespace
}  // namespace machikoe
