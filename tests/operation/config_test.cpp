// The configuration file of `machikoe serve`, and its documentation.
#include <algorithm>
#include <sstream>

#include "tests/programs/machikoe_fixture.h"
#include "tests/wire/damage.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

class ConfigTest : public MachikoeTest {
  protected:
    std::string file(const std::string& text) {
        const std::filesystem::path path = folder_ / "serve.toml";
        EXPECT_TRUE(replace_file(path, text));
        return path.string();
    }
    static bool is_key(std::string_view text) {
        return !text.empty() && std::ranges::all_of(text, [](char sign) {
            return (sign >= 'a' && sign <= 'z') || sign == '-';
        });
    }
    /// "key" → "value", as written.
    static std::map<std::string, std::string> keys_in(const std::string& text,
                                                      const std::string& prefix) {
        std::map<std::string, std::string> keys;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            const std::size_t equals = line.find(" = ");
            if (!line.starts_with(prefix) || equals == std::string::npos) continue;
            const std::string key = line.substr(prefix.size(), equals - prefix.size());
            if (is_key(key)) keys[key] = line.substr(equals + 3);
        }
        return keys;
    }
};

TEST_F(ConfigTest, EveryKeyIsDocumentedWithItsDefault) {
    const Ran shown = run({"serve", "--show-config"});
    ASSERT_EQ(shown.code, 0) << shown.err;
    const auto keys = keys_in(shown.out, "");
    EXPECT_GT(keys.size(), 20u);
    const std::string doc = bytes_of(MACHIKOE_SOURCE_DIR "/docs/machikoe.toml");
    // Those that an operator must set stand there bare, with an example.
    auto documented = keys_in(doc, "#");
    for (const auto& [key, example] : keys_in(doc, "")) documented[key] = keys.at(key);
    EXPECT_EQ(documented, keys);
}

TEST_F(ConfigTest, TheDocumentedFileIsOneThatServeReads) {
    std::string doc = bytes_of(MACHIKOE_SOURCE_DIR "/docs/machikoe.toml");
    const auto bare = keys_in(doc, "");
    const Ran read = run({"serve", "--show-config", "--config", file(doc)});
    ASSERT_EQ(read.code, 0) << read.err;
    for (const auto& [key, value] : bare) EXPECT_EQ(keys_in(read.out, "")[key], value) << key;
    // And all that is commented out.
    for (const auto& [key, example] : keys_in(doc, "#"))
        doc = replaced(doc, "#" + key + " = ", key + " = ");
    const Ran all = run({"serve", "--show-config", "--config", file(doc)});
    EXPECT_EQ(all.code, 0) << all.err;
}

TEST_F(ConfigTest, AServerRunsByItsFileAlone) {
    const std::string path =
        file("data = \"" + data() + "\"\npack = \"" + pack() + "\"\nport = 0\nport-file = \"" +
             (folder_ / "port").string() + "\"\nplain-http = true\nmix = 7\n");
    const auto server = start({"serve", "--config", path});
    EXPECT_NE(port(), "");
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
}

TEST_F(ConfigTest, TheCommandLineGoesFirst) {
    const std::string path = file("mix = 7 # of one site\nname = [\"a.example\", \"b.example\"]\n");
    const Ran ran = run({"serve", "--config", path, "--mix", "9", "--show-config"});
    EXPECT_THAT(ran.out, HasSubstr("mix = 9\n"));
    EXPECT_THAT(ran.out, HasSubstr("name = [\"a.example\", \"b.example\"]\n"));
    EXPECT_THAT(run({"serve", "--config", path, "--name", "c", "--show-config"}).out,
                HasSubstr("name = [\"c\"]\n"));
}

TEST_F(ConfigTest, WhatIsWrongIsSaidWithItsLine) {
    const std::pair<const char*, const char*> cases[] = {
        {"# first\nmixx = 5\n", ":2: unknown key 'mixx'"},
        {"mix = many\n", ":1: "},
        {"\nmix = 1\n", ":2: "},
        {"mix = 5 6\n", ":1: "},
        {"port = 70000\n", ":1: "},
        {"port = -1\n", ":1: "},
        {"plain-http = maybe\n", ":1: plain-http: true or false"},
        {"mix = 5\nport = 1\nmix = 6\n", "'mix' is given twice"},
        {"[server]\nmix = 5\n", "no sections"},
        {"a.b = 5\n", "no sections"},
        {"config = \"other.toml\"\n", ":1: unknown key 'config'"},
        {"show-config = true\n", ":1: unknown key 'show-config'"},
        {"max-connections = 0\n", ":1: "},
        {"retention-months = -5\n", ":1: "}};
    for (const auto& [text, expected] : cases) {
        const Ran ran = run({"serve", "--show-config", "--config", file(text)});
        EXPECT_EQ(ran.code, 2) << text << ran.out;
        expect_one_line(ran);
        EXPECT_THAT(ran.err, HasSubstr("serve.toml")) << text;
        EXPECT_THAT(ran.err, HasSubstr(expected)) << text;
    }
    EXPECT_EQ(run({"serve", "--config", (folder_ / "none.toml").string()}).code, 2);
    EXPECT_EQ(run({"serve", "--config", file("port = 0\n")}).code, 2) << "no data";
}

TEST_F(ConfigTest, AddressesAndUrlsThatAreNoneAreUsageErrors) {
    const std::vector<std::string> whole = {"serve", "--data", data(), "--pack", pack()};
    for (const auto& [option, value] : {std::pair{"--public-url", "ward.example"},
                                        {"--public-url", "https://ward.example/x"},
                                        {"--trusted-proxy", "10.0.0.0/33"},
                                        {"--trusted-proxy", "proxy.example"}}) {
        std::vector<std::string> arguments = whole;
        arguments.insert(arguments.end(), {option, value});
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 2) << value;
        expect_one_line(ran);
        EXPECT_THAT(ran.err, HasSubstr(option));
    }
    EXPECT_FALSE(std::filesystem::exists(data()));
}

}  // namespace
}  // namespace machikoe
