// The log as a collector reads it: each line one object, whatever was logged.
#include "sync/server/log_lines.h"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace machikoe {
namespace {

using nlohmann::json;

json parsed(std::string_view message) {
    const std::string line = json_line(Milliseconds{1'650'000'000'007}, "info", message);
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1) << line;
    EXPECT_EQ(line.back(), '\n');
    return json::parse(line);
}

TEST(LogLinesTest, ARequestIsMadeOfFields) {
    const std::string line =
        request_line("/odata/Figures('{id}')", "GET", 200, Milliseconds{3}, 412);
    EXPECT_EQ(line, "request: route=/odata/Figures('{id}') method=GET status=200 ms=3 bytes=412");
    EXPECT_EQ(parsed(line), (json{{"time", "2022-04-15T05:20:00.007Z"},
                                  {"level", "info"},
                                  {"event", "request"},
                                  {"route", "/odata/Figures('{id}')"},
                                  {"method", "GET"},
                                  {"status", 200},
                                  {"ms", 3},
                                  {"bytes", 412}}));
    EXPECT_NE(request_line("/v1/pack", "G\nET", 405, Milliseconds{0}, 0).find("method=other"),
              std::string::npos);
}

TEST(LogLinesTest, WhateverAMessageHoldsTheLineIsOneObject) {
    for (const std::string& message :
         {std::string("store: it said \"no\"\n{\"level\":\"forged\"}"),
          std::string("\x01\x1b[31m\0x", 8), std::string("a\xff\xfe"), std::string(""),
          std::string(": "), std::string("x: "), std::string("server: time=1 level=2"),
          std::string("server: a=1 a=2"), std::string("x: =1"), std::string("store: a = b"),
          std::string(100'000, '"')}) {
        const json line = parsed(message);
        EXPECT_EQ(line["level"], "info") << message;
        EXPECT_EQ(line["time"], "2022-04-15T05:20:00.007Z");
        EXPECT_TRUE(line["message"].is_string()) << message;
    }
    EXPECT_EQ(parsed("store: busy: again")["event"], "store");
    EXPECT_EQ(parsed("store: busy: again")["message"], "busy: again");
    EXPECT_EQ(parsed("Something else")["event"], "log");
    EXPECT_EQ(parsed("x: code=007")["code"], "007");
}

TEST(LogLinesTest, SpdlogWritesThem) {
    std::ostringstream out;
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(out);
    sink->set_formatter(json_formatter());
    spdlog::logger logger("test", sink);
    logger.warn("store: {}", "line\nfeed");
    logger.error("{}", "b");
    std::istringstream lines(out.str());
    std::string first, second, none;
    std::getline(lines, first);
    std::getline(lines, second);
    EXPECT_FALSE(std::getline(lines, none));
    EXPECT_EQ(json::parse(first)["level"], "warning");
    EXPECT_EQ(json::parse(first)["message"], "line\nfeed");
    EXPECT_EQ(json::parse(second)["level"], "error");
}

}  // namespace
}  // namespace machikoe
