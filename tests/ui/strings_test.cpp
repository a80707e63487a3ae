#include "app/ui/strings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <unistd.h>

namespace machikoe {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = MACHIKOE_SOURCE_DIR;
const std::vector<Language> kOffered = {Language::Ja, Language::JaEasy, Language::En};

class StringsTest : public testing::Test {
  protected:
    StringsTest() : folder_(fs::temp_directory_path() / ("strings-" + std::to_string(getpid()))) {
        fs::create_directories(folder_);
    }
    ~StringsTest() override { fs::remove_all(folder_); }

    void write(const std::string& name, const std::string& content) {
        std::ofstream(folder_ / name) << content;
    }
    Error error_of(const std::vector<Language>& languages) {
        const auto strings = Strings::load(folder_, languages);
        EXPECT_FALSE(strings);
        return strings ? Error{} : strings.error();
    }

    fs::path folder_;
};

TEST_F(StringsTest, AMissingFileIsNamed) {
    EXPECT_NE(error_of({Language::En}).message.find("en.yaml"), std::string::npos);
}

TEST_F(StringsTest, AMissingKeyIsNamedWithItsFile) {
    write("ja.yaml", "hello: やあ\nbye: では\n");
    write("en.yaml", "hello: Hi\n");
    const Error error = error_of({Language::Ja, Language::En});
    EXPECT_EQ(error.code, ErrorCode::Invalid);
    EXPECT_NE(error.message.find("en.yaml: missing key bye"), std::string::npos) << error.message;
}

TEST_F(StringsTest, WhatIsNotAFlatMappingIsRefused) {
    for (const char* content : {"- a\n", "a: [b]\n", "a: ''\n", "a: b\na: c\n", "a: {b\n"}) {
        write("en.yaml", content);
        EXPECT_EQ(error_of({Language::En}).code, ErrorCode::Invalid) << content;
    }
}

TEST_F(StringsTest, ArgumentsFillTheirPlaces) {
    write("en.yaml", "of: '{1} of {0}, {x|y} {'\n");
    const auto strings = Strings::load(folder_, {Language::En});
    ASSERT_TRUE(strings);
    EXPECT_EQ(strings->format("of", Language::En, {"a", "b"}), "b of a, {x|y} {");
}

std::string all_sources() {
    std::ostringstream all;
    for (const char* folder : {"app/ui", "app/narration"})
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder))
            if (entry.path().extension() == ".cpp") all << std::ifstream(entry.path()).rdbuf();
    return all.str();
}

/// What stands in quotes right after str(, word( or get(.
std::set<std::string> keys_called(const std::string& code) {
    std::set<std::string> keys;
    for (const std::string call : {"str(", "word(", "get("})
        for (std::size_t at = code.find(call); at != std::string::npos; at = code.find(call, at)) {
            at = code.find_first_not_of(" \n", at + call.size());
            if (at == std::string::npos) break;
            if (code[at] == '"') keys.insert(code.substr(at + 1, code.find('"', at + 1) - at - 1));
        }
    return keys;
}

TEST_F(StringsTest, EveryKeyOfTheCodeIsThere) {
    const auto strings = Strings::load(kRoot / "assets/strings", kOffered);
    ASSERT_TRUE(strings) << strings.error().message;
    const auto keys = strings->keys();
    const std::string code = all_sources();
    const std::set<std::string> used = keys_called(code);
    ASSERT_GT(used.size(), 40u);
    for (const std::string& key : used)
        EXPECT_NE(std::find(keys.begin(), keys.end(), key), keys.end()) << key;
}

TEST_F(StringsTest, EveryKeyThatIsThereIsUsed) {
    const auto strings = Strings::load(kRoot / "assets/strings", kOffered);
    ASSERT_TRUE(strings) << strings.error().message;
    const std::string code = all_sources();
    for (const std::string& key : strings->keys())
        EXPECT_NE(code.find("\"" + key + "\""), std::string::npos) << key;
}

/// The code point at `at`; input is known to be UTF-8.
bool is_kanji_at(const std::string& text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if ((byte(0) & 0xF0) != 0xE0 || at + 2 >= text.size()) return false;
    const unsigned point = (byte(0) & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
    return point >= 0x4E00 && point <= 0x9FFF;
}

TEST_F(StringsTest, EveryKanjiOfTheJapaneseHasItsReading) {
    const auto strings = Strings::load(kRoot / "assets/strings", kOffered);
    ASSERT_TRUE(strings) << strings.error().message;
    for (const Language language : {Language::Ja, Language::JaEasy})
        for (const std::string& key : strings->keys()) {
            const std::string text(strings->get(key, language));
            bool inside = false;
            for (std::size_t i = 0; i < text.size(); ++i) {
                if (text[i] == '{') inside = true;
                if (text[i] == '}') inside = false;
                EXPECT_FALSE(is_kanji_at(text, i) && !inside)
                    << tag_of(language) << " " << key << ": " << text;
            }
        }
}

}  // namespace
}  // namespace machikoe
