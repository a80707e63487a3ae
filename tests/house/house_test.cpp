// House: the rules of the tree that a machine can check.
//
// A folder may include only what the table of the architecture allows; a technology lives in
// the one folder that is there for it; a file stays a room one can know.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = MACHIKOE_SOURCE_DIR;
using Names = std::set<std::string>;

/// docs/architecture.md, "Who may use whom".  A folder may always use itself.
const std::map<std::string, Names> kMayUse = {
    {"app/base", {}},
    {"app/plan", {"app/base"}},
    {"app/survey", {"app/base", "app/plan"}},
    {"app/voice", {"app/base", "app/plan", "app/survey", "app/writing"}},
    {"app/visit", {"app/base", "app/plan", "app/survey"}},
    {"app/writing", {"app/base", "app/plan", "app/survey"}},
    {"app/ui", {"app/base", "app/plan", "app/survey", "app/visit", "app/writing"}},
    {"app/rehearsal",
     {"app/base", "app/plan", "app/survey", "app/visit", "app/writing", "app/ui"}},
    {"app/robot", {"app/base", "app/plan", "app/survey", "app/visit", "app/ui"}},
    {"app/platform", {"app/base", "app/ui"}},
    {"app/speech", {"app/base"}},
    {"app/narration",
     {"app/base", "app/plan", "app/survey", "app/visit", "app/ui", "app/voice", "app/speech",
      "app/writing"}},
    {"sync/wire", {"app/base", "app/plan", "app/survey"}},
    {"sync/seal", {"app/base"}},
    {"sync/outbox", {"app/base"}},
    {"sync/client", {"app/base", "sync/wire", "sync/outbox", "sync/seal"}},
    {"sync/store", {"app/base", "app/plan", "app/survey", "sync/wire"}},
    {"sync/indicators", {"app/base", "app/plan", "app/survey"}},
    {"sync/review", {"app/base", "app/survey"}},
    {"sync/export", {"app/base", "app/plan", "app/survey", "sync/store", "sync/indicators"}},
    {"sync/pages",
     {"app/base", "app/plan", "app/survey", "sync/wire", "sync/store", "sync/indicators",
      "sync/export"}},
    {"sync/odata", {"app/base", "app/plan", "app/survey", "sync/indicators", "sync/export"}},
    {"sync/server",
     {"app/base", "app/plan", "app/survey", "sync/wire", "sync/seal", "sync/store",
      "sync/indicators", "sync/export", "sync/odata", "sync/pages", "sync/review"}},
    {"sync/simulation",
     {"app/base", "app/plan", "app/survey", "sync/wire", "sync/seal", "sync/outbox", "sync/client",
      "sync/store", "sync/indicators", "sync/server"}},
    {"sync/commands",
     {"app/base", "app/plan", "app/survey", "app/voice", "sync/wire", "sync/seal", "sync/store",
      "sync/indicators", "sync/export", "sync/review", "sync/server", "sync/simulation"}},
};

/// Headers of a technology, and the only places that may include them.
const std::vector<std::pair<std::string, Names>> kLivesIn = {
    {"GLFW/", {"app/platform"}},
    {"GL/", {"app/platform"}},
    {"X11/", {"app/platform"}},
    {"imgui_impl_", {"app/platform"}},
    {"SDL2/", {"app/platform", "app/speech"}},
    {"sonic.h", {"app/speech"}},
    {"linux/input", {"app/speech"}},
    {"ft2build.h", {"app/ui"}},
    {"boost/", {"sync/server"}},
    {"curl/", {"sync/client"}},
    {"yaml-cpp/", {"app/plan", "app/ui"}},
    {"SQLiteCpp/", {"app/base", "sync/outbox", "sync/seal", "sync/store"}},
    {"libpq-fe.h", {"sync/store"}},
    {"sqlite3.h", {"app/base", "sync/simulation"}},
    {"sodium.h", {"app/base", "sync/seal", "sync/wire"}},
    {"openssl/", {"app/base", "sync/server"}},
    {"liboath/", {"sync/server"}},
    {"prometheus/", {"sync/server"}},
    {"qrencode.h", {"sync/commands", "sync/pages"}},
    {"simdjson.h", {"sync/wire"}},
    {"xlsxwriter.h", {"sync/export"}},
    {"mecab.h", {"sync/review"}},
    {"hangul.h", {"app/writing"}},
    {"libime/", {"app/writing"}},
    {"opencc/", {"app/writing"}},
    {"readstat.h", {"sync/export"}},
    {"opus/", {"app/speech", "app/voice"}},
    {"ebur128.h", {"app/voice"}},
    {"CLI/", {"app", "sync", "sync/commands"}},
    {"systemd/", {"sync/commands"}},
};

struct Source {
    fs::path path;       // relative to the root
    std::string folder;  // "app/ui"; "app" for files right inside it
    std::vector<std::string> lines;
};

const std::vector<Source>& sources() {
    static const std::vector<Source> all = [] {
        std::vector<Source> found;
        for (const char* half : {"app", "sync"})
            for (const auto& entry : fs::recursive_directory_iterator(kRoot / half)) {
                const fs::path extension = entry.path().extension();
                if (extension != ".h" && extension != ".cpp") continue;
                Source source;
                source.path = fs::relative(entry.path(), kRoot);
                auto part = source.path.begin();
                source.folder = (part++)->string();
                if (std::next(part) != source.path.end()) source.folder += "/" + part->string();
                std::ifstream in(entry.path());
                for (std::string line; std::getline(in, line);) source.lines.push_back(line);
                found.push_back(std::move(source));
            }
        return found;
    }();
    return all;
}

std::string place(const Source& source, std::size_t line) {
    return source.path.string() + ":" + std::to_string(line + 1);
}

/// "app/ui" of `#include "app/ui/text.h"`; "" for any other line.
std::string included_folder(const std::string& line) {
    static const std::string kInclude = "#include \"";
    if (!line.starts_with(kInclude)) return "";
    const std::string path = line.substr(kInclude.size());
    const std::size_t slash = path.find('/', path.find('/') + 1);
    return slash == std::string::npos ? "" : path.substr(0, slash);
}

TEST(HouseTest, FoldersUseOnlyWhatTheyMay) {
    ASSERT_GT(sources().size(), 50u);
    for (const Source& source : sources()) {
        if (source.folder == "app" || source.folder == "sync") continue;  // wiring
        const auto rule = kMayUse.find(source.folder);
        ASSERT_NE(rule, kMayUse.end()) << source.folder << " has no rule";
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            const std::string used = included_folder(source.lines[i]);
            if (used.empty()) continue;
            EXPECT_TRUE(used == source.folder || rule->second.contains(used))
                << place(source, i) << ": " << source.folder << " may not use " << used;
        }
    }
}

/// "app/ui" of the target name "ui_text" or "ui".
std::string folder_of_target(const std::string& target) {
    const std::string name = target == "ui_text" ? "ui" : target == "boards" ? "writing" : target;
    for (const char* half : {"app/", "sync/"})
        if (kMayUse.contains(half + name)) return half + name;
    return "";
}

/// The link lines of CMakeLists.txt are the architecture, too.
TEST(HouseTest, ModulesLinkOnlyWhatTheyMay) {
    std::ifstream in(kRoot / "CMakeLists.txt");
    std::string module;
    int modules = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("module(")) {
            module = line.substr(7, line.find_first_of(" )", 7) - 7);
            ++modules;
        } else if (line.empty() || line.front() != ' ') {
            module.clear();
        }
        const std::string folder = folder_of_target(module);
        if (folder.empty()) continue;  // a program, or its wiring
        std::istringstream words(line);
        for (std::string word; words >> word;) {
            if (!word.starts_with("machikoe_")) continue;
            const std::string target = word.substr(9, word.find(')') - 9);
            const std::string used = folder_of_target(target);
            EXPECT_TRUE(used == folder || kMayUse.at(folder).contains(used))
                << "CMakeLists.txt: " << folder << " may not link " << word;
        }
    }
    EXPECT_GT(modules, 15);
}

const Names kScreenSide = {"app/visit", "app/ui",     "app/platform",
                           "app/robot", "app/speech", "app/narration"};

TEST(HouseTest, OnlyTheKioskProgramSeesBothHalves) {
    for (const Source& source : sources()) {
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            const std::string used = included_folder(source.lines[i]);
            if (source.folder.starts_with("app/")) {
                EXPECT_FALSE(used.starts_with("sync/")) << place(source, i);
            }
            if (source.folder.starts_with("sync")) {
                EXPECT_FALSE(kScreenSide.contains(used)) << place(source, i);
            }
        }
    }
}

TEST(HouseTest, EachTechnologyLivesWhereItBelongs) {
    for (const Source& source : sources())
        for (std::size_t i = 0; i < source.lines.size(); ++i)
            for (const auto& [header, homes] : kLivesIn) {
                const bool includes = source.lines[i].starts_with("#include <" + header);
                EXPECT_FALSE(includes && !homes.contains(source.folder))
                    << place(source, i) << ": " << header << " does not belong in "
                    << source.folder;
            }
}

TEST(HouseTest, BeastIsInOneTranslationUnit) {
    // It takes longer to compile than all the rest of the server.
    std::set<std::string> headers{"#include <boost/beast"};
    for (const Source& source : sources())
        for (const std::string& line : source.lines)
            if (source.path.extension() == ".h" && line.starts_with("#include <boost/beast"))
                headers.insert("#include \"" + source.path.generic_string() + '"');
    Names units;
    for (const Source& source : sources())
        for (const std::string& line : source.lines)
            for (const std::string& header : headers)
                if (source.path.extension() == ".cpp" && line.starts_with(header))
                    units.insert(source.path.string());
    EXPECT_EQ(units.size(), 1u);
    EXPECT_EQ(headers.size(), 3u);  // or our headers' paths are not found as they are included
}

TEST(HouseTest, FilesStayRoomsOneCanKnow) {
    for (const Source& source : sources()) EXPECT_LE(source.lines.size(), 400u) << source.path;
}

TEST(HouseTest, LinesFitTheScreen) {
    for (const Source& source : sources())
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            // Code points, not bytes: comments may hold Japanese.
            const auto wide = std::count_if(source.lines[i].begin(), source.lines[i].end(),
                                            [](unsigned char c) { return (c & 0xC0) != 0x80; });
            EXPECT_LE(wide, 110) << place(source, i);
            EXPECT_EQ(source.lines[i].find('\t'), std::string::npos) << place(source, i);
        }
}

TEST(HouseTest, EveryHeaderSaysWhatItIs) {
    for (const Source& source : sources()) {
        if (source.path.extension() != ".h") continue;
        ASSERT_FALSE(source.lines.empty()) << source.path;
        EXPECT_TRUE(source.lines.front().starts_with("// ")) << source.path;
    }
}

TEST(HouseTest, NothingIsLeftForLater) {
    for (const Source& source : sources())
        for (std::size_t i = 0; i < source.lines.size(); ++i)
            for (const char* leftover : {"TODO", "FIXME", "XXX", "HACK"})
                EXPECT_EQ(source.lines[i].find(leftover), std::string::npos) << place(source, i);
}

/// A `static` inside draw code would remember the visitor before.
TEST(HouseTest, DrawCodeRemembersNothing) {
    for (const Source& source : sources()) {
        if (source.folder != "app/ui" || source.path.extension() != ".cpp") continue;
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            const std::string& line = source.lines[i];
            const std::size_t start = line.find_first_not_of(' ');
            if (start == std::string::npos || start == 0) continue;
            const std::string code = line.substr(start);
            EXPECT_FALSE(code.starts_with("static ") && !code.starts_with("static const"))
                << place(source, i);
        }
    }
}

TEST(HouseTest, EveryPackageIsListedOnce) {
    Names seen;
    for (const char* list : {"app/packages.txt", "app/voice_packages.txt", "tests/packages.txt"}) {
        std::ifstream in(kRoot / list);
        for (std::string line; std::getline(in, line);) {
            if (line.empty() || line.starts_with("#")) continue;
            EXPECT_TRUE(seen.insert(line).second) << line;
        }
    }
    EXPECT_TRUE(seen.contains("libimgui-dev"));
}

}  // namespace
