// Record: a response as bytes, and bytes of any kind as a response or a refusal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "sync/wire/record.h"
#include "tests/wire/damage.h"

namespace machikoe {
namespace {

Answer chosen(ChosenOptions options) {
    return {AnswerStatus::Answered, std::move(options)};
}
Answer number(std::int64_t value) {
    return {AnswerStatus::Answered, value};
}
Answer text(std::string value) {
    return {AnswerStatus::Answered, std::move(value)};
}

/// One answer of every question type and of every status.
Response full_response() {
    Response response;
    response.pack_id = "test-pack";
    response.pack_hash = std::string(64, 'b');
    response.site = "hall";
    response.event = "spring-fair";
    response.universe = Universe::Parent;
    response.when = {"2022-06-01", 14};
    response.language = Language::JaEasy;
    response.length = SurveyLength::ThreeMinutes;
    response.assistance = Assistance::Interpreter;
    response.seed = 0xfedc'ba98'7654'3210u;
    response.duration_s = 187;
    response.issues_opened = {"living", "childcare"};
    response.answers = {{"single", chosen({"yes"})},
                        {"scale", chosen({"very-good"})},
                        {"multiple", chosen({"a", "c"})},
                        {"ranking", chosen({"c", "a", "b"})},
                        {"number", number(-3)},
                        {"ageband", chosen({"age30"})},
                        {"area", chosen({"outside"})},
                        {"freetext", text("もっと「公園」を\nください \"\\ 🌳")},
                        {"skipped", {AnswerStatus::Skipped, {}}},
                        {"refused", {AnswerStatus::Refused, {}}},
                        {"note", {AnswerStatus::NotShown, {}}},
                        {"notasked", {AnswerStatus::NotAsked, {}}}};
    return response;
}

Response small_response() {
    Response response;
    response.pack_id = "p";
    response.pack_hash = std::string(64, '0');
    response.when = {"2022-04-01", 0};
    response.seed = 10;
    response.answers = {{"q", text("SECRET")}, {"n", number(7)}, {"c", chosen({"a"})}};
    return response;
}

void expect_invalid(const std::string& bytes) {
    ASSERT_NE(bytes, "") << "the text to replace is not there";
    const auto decoded = decode_record(bytes);
    ASSERT_FALSE(decoded) << bytes;
    EXPECT_EQ(decoded.error().code, ErrorCode::Invalid);
    EXPECT_THAT(decoded.error().message, testing::Not(testing::HasSubstr("SECRET")));
}

TEST(RecordTest, BytesThatAreNoRecordAreInvalid) {
    for (const char* bytes :
         {"", " ", "{", "{}", "[]", "null", "7", "\"\"", "{\"version\":1}", "\xff\xfe", "{]"})
        expect_invalid(std::string(bytes) + " ");
    expect_invalid(std::string("\0", 1));
    expect_invalid(encode_record(small_response()) + "x");
}

TEST(RecordTest, EveryCutIsInvalid) {
    for_every_cut(encode_record(full_response()),
                  [](const std::string& cut) { ASSERT_FALSE(decode_record(cut)) << cut; });
}

TEST(RecordTest, FlippedBitsGiveARefusalOrAWholeResponse) {
    int refused = 0;
    const std::string bytes = encode_record(full_response());
    for_flips(bytes, 20'000, [&](const std::string& damaged) {
        const auto decoded = decode_record(damaged);
        if (!decoded) {
            ++refused;
            return;
        }
        const auto again = decode_record(encode_record(*decoded));
        ASSERT_TRUE(again) << damaged;
        ASSERT_EQ(*again, *decoded);
    });
    EXPECT_GT(refused, 10'000);
}

TEST(RecordTest, EveryQuestionTypeAndStatusComesBack) {
    const auto decoded = decode_record(encode_record(full_response()));
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(*decoded, full_response());
}

TEST(RecordTest, EveryNameComesBack) {
    Response response = small_response();
    for (const Language language : kAllLanguages)
        for (const Universe universe : {Universe::Resident, Universe::Parent,
                                        Universe::CommunityOrganisation, Universe::Participant}) {
            response.language = language;
            response.universe = universe;
            EXPECT_EQ(decode_record(encode_record(response)).value(), response);
        }
}

TEST(RecordTest, ExtremesComeBack) {
    Response response = small_response();
    response.seed = std::numeric_limits<std::uint64_t>::max();
    response.duration_s = std::numeric_limits<int>::max();
    response.answers["n"] = number(std::numeric_limits<std::int64_t>::min());
    response.answers["m"] = number(std::numeric_limits<std::int64_t>::max());
    response.answers["q"] = text("");
    EXPECT_EQ(decode_record(encode_record(response)).value(), response);
    response.seed = 0;
    response.answers.clear();
    EXPECT_EQ(decode_record(encode_record(response)).value(), response);
}

TEST(RecordTest, TheBytesAreThoseOfTheProtocol) {
    EXPECT_EQ(
        encode_record(small_response()),
        "{\"answers\":{\"c\":{\"options\":[\"a\"],\"status\":\"answered\"},"
        "\"n\":{\"number\":7,\"status\":\"answered\"},"
        "\"q\":{\"status\":\"answered\",\"text\":\"SECRET\"}},\"assistance\":\"none\","
        "\"day\":\"2022-04-01\",\"duration_s\":0,\"event\":\"\",\"hour\":0,"
        "\"issues_opened\":[],\"language\":\"ja\",\"length\":\"everything\",\"mode\":\"kiosk\","
        "\"pack\":{\"hash\":"
        "\"0000000000000000000000000000000000000000000000000000000000000000\","
        "\"id\":\"p\"},\"seed\":\"000000000000000a\",\"site\":\"\","
        "\"universe\":\"resident\",\"version\":1}");
}

TEST(RecordTest, ARecordOfAnOlderKioskAskedEverythingOfEverybody) {
    std::string bytes = encode_record(small_response());
    for (const std::string member : {"\"assistance\":\"none\",", "\"length\":\"everything\","}) {
        const std::size_t at = bytes.find(member);
        ASSERT_NE(at, bytes.npos);
        bytes.erase(at, member.size());
    }
    EXPECT_EQ(decode_record(bytes).value(), small_response());
}

TEST(RecordTest, EqualResponsesGiveEqualBytes) {
    const std::string bytes = encode_record(full_response());
    EXPECT_EQ(encode_record(decode_record(bytes).value()), bytes);
}

TEST(RecordTest, TextThatIsNotUtf8CostsOnlyTheBrokenSigns) {
    Response response = small_response();
    response.answers["q"] = text("ok\xff\xe3\x81");
    const auto decoded = decode_record(encode_record(response));
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(std::get<std::string>(decoded->answers.at("q").value), "ok\uFFFD\uFFFD");
    EXPECT_EQ(decoded->answers.at("n"), number(7));
}

TEST(RecordTest, UnknownMembersAreIgnored) {
    const std::string bytes = encode_record(small_response());
    EXPECT_EQ(
        decode_record(replaced(bytes, "{\"answers\"", "{\"later\":[{\"a\":null}],\"answers\""))
            .value(),
        small_response());
    EXPECT_EQ(
        decode_record(replaced(bytes, "{\"number\":7", "{\"later\":0.5,\"number\":7")).value(),
        small_response());
}

TEST(RecordTest, AMemberThatStandsTwiceIsRefused) {
    const std::string bytes = encode_record(small_response());
    expect_invalid(replaced(bytes, "\"hour\":0", "\"hour\":0,\"hour\":1"));
    expect_invalid(replaced(bytes, "\"number\":7", "\"number\":7,\"number\":7"));
    expect_invalid(replaced(bytes, "\"n\":{", "\"c\":{"));
    // In two objects it is two members.
    EXPECT_TRUE(decode_record(replaced(bytes, "\"hour\":0", "\"hour\":0,\"id\":1")));
}

TEST(RecordTest, AnotherVersionIsRefused) {
    const std::string bytes = encode_record(small_response());
    for (const char* version : {"0", "2", "\"1\"", "1.0", "null", "true"})
        expect_invalid(replaced(bytes, "\"version\":1", "\"version\":" + std::string(version)));
}

TEST(RecordTest, ABlurredTimeReadsBack) {
    for (const DayHour& when :
         {DayHour{"2022-06-01", -1}, DayHour{"2022-06", -1}, DayHour{"", -1}}) {
        Response response;
        response.pack_id = "testward-r4";
        response.pack_hash = std::string(64, 'a');
        response.when = when;
        const auto read = decode_record(encode_record(response));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(read->when, when);
    }
}

TEST(RecordTest, WrongTypesAndValuesAreRefused) {
    const std::string bytes = encode_record(small_response());
    const std::pair<const char*, const char*> changes[] = {
        {"\"day\":\"2022-04-01\"", "\"day\":20220401"},
        {"2022-04-01", "2022-04-31"},
        {"2022-04-01", "2022-4-001"},
        {"2022-04-01", "2022-00-01"},
        {"2022-04-01", "2022/04/01"},
        {"\"hour\":0", "\"hour\":24"},
        {"\"hour\":0", "\"hour\":-2"},
        {"\"day\":\"2022-04-01\"", "\"day\":\"2022-04\""},  // with an hour
        {"\"day\":\"2022-04-01\"", "\"day\":\"2022-13\""},
        {"\"hour\":0", "\"hour\":0.0"},
        {"\"hour\":0", "\"hour\":null"},
        {"\"hour\":0,", ""},
        {"\"duration_s\":0", "\"duration_s\":-1"},
        {"\"duration_s\":0", "\"duration_s\":2147483648"},
        {"\"duration_s\":0", "\"duration_s\":1e3"},
        {"000000000000000a", "000000000000000A"},
        {"000000000000000a", "a"},
        {"\"seed\":\"000000000000000a\"", "\"seed\":10"},
        {"\"language\":\"ja\"", "\"language\":\"fr\""},
        {"\"length\":\"everything\"", "\"length\":\"2-minutes\""},
        {"\"assistance\":\"none\"", "\"assistance\":\"dog\""},
        {"\"universe\":\"resident\"", "\"universe\":\"\""},
        {"\"mode\":\"kiosk\"", "\"mode\":\"mail\""},
        {"\"id\":\"p\"", "\"id\":\"../p\""},
        {"\"id\":\"p\"", "\"id\":\"\""},
        {"\"hash\":\"0", "\"hash\":\"G"},
        {"\"hash\":\"0", "\"hash\":\""},
        {"\"site\":\"\"", "\"site\":\"a\\u0007b\""},
        {"\"event\":\"\"", "\"event\":[]"},
        {"\"issues_opened\":[]", "\"issues_opened\":[\"Not An Id\"]"},
        {"\"issues_opened\":[]", "\"issues_opened\":{}"},
        {"\"q\":{\"status\"", "\"Q q\":{\"status\""},
        {"\"q\":{\"status\"", "\"\":{\"status\""},
        {"\"status\":\"answered\",\"text\"", "\"status\":\"perhaps\",\"text\""},
        {"\"status\":\"answered\",\"text\"", "\"status\":\"skipped\",\"text\""},
        {"\"status\":\"answered\",\"text\"", "\"text\""},
        {"\"text\":\"SECRET\"", "\"text\":\"SECRET\",\"number\":1"},
        {",\"text\":\"SECRET\"", ""},
        {"\"text\":\"SECRET\"", "\"text\":1"},
        {"\"number\":7", "\"number\":7.5"},
        {"\"number\":7", "\"number\":9223372036854775808"},
        {"\"number\":7", "\"number\":99999999999999999999999"},
        {"\"number\":7", "\"number\":\"7\""},
        {"[\"a\"]", "[1]"},
        {"[\"a\"]", "\"a\""},
        {"[\"a\"]", "[\"a b\"]"},
    };
    for (const auto& [from, to] : changes) {
        SCOPED_TRACE(std::string(from) + " -> " + to);
        expect_invalid(replaced(bytes, from, to));
    }
}

TEST(RecordTest, WhatIsTooLargeIsRefusedBeforeItIsRead) {
    expect_invalid(std::string(kMaxRecordBytes + 1, ' '));
    Response response = small_response();
    response.answers["q"] = text(std::string(kMaxRecordBytes, 'x'));
    expect_invalid(encode_record(response));
}

TEST(RecordTest, DeepNestingAndManyValuesAreRefused) {
    const std::string bytes = encode_record(small_response());
    for (const std::size_t depth : {9u, 1'000u, 30'000u}) {
        expect_invalid(std::string(depth, '['));
        expect_invalid(replaced(
            bytes, "{\"answers\"",
            "{\"later\":" + std::string(depth, '[') + std::string(depth, ']') + ",\"answers\""));
    }
    std::string many = "{\"later\":[0";
    for (int i = 0; i < 20'000; ++i) many += ",0";
    expect_invalid(replaced(bytes, "{\"answers\"", many + "],\"answers\""));
}

}  // namespace
}  // namespace machikoe
