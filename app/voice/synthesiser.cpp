#include "app/voice/synthesiser.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/base/program.h"
#include "app/voice/jtalk_trace.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

const fs::path kDictionary = "/var/lib/mecab/dic/open-jtalk/naist-jdic";
const fs::path kHtsVoice =
    "/usr/share/hts-voice/nitech-jp-atr503-m001/nitech_jp_atr503_m001.htsvoice";
// open_jtalk reads one line of 1,023 bytes.
constexpr std::size_t kLongestLine = 900;
constexpr double kPauseSeconds = 0.45;  // between two lines: as long as it makes after 。
// open_jtalk begins and ends with a faint click in 0.3 s of silence and more.
constexpr double kJtalkEdge = 0.05;
constexpr int kMostAttempts = 4;

/// A program by its name, as a shell would find it; "" when there is none.
std::string found_in_path(std::string_view program) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path ? path : "/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        const fs::path file = fs::path(folder) / program;
        if (!folder.empty() && ::access(file.c_str(), X_OK) == 0) return file.string();
    }
    return "";
}

/// Gone with what is in it.
class WorkFolder {
  public:
    explicit WorkFolder(const fs::path& in) : path_(in / ("machikoe-voice-" + random_hex(8))) {
        std::error_code ec;
        fs::create_directory(path_, ec);
        fs::permissions(path_, fs::perms::owner_all, ec);
    }
    ~WorkFolder() {
        std::error_code ec;
        fs::remove_all(path_, ec);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    fs::path operator/(const char* name) const { return path_ / name; }

  private:
    fs::path path_;
};

Status run(std::vector<std::string> arguments) {
    const std::string program = arguments.front();
    const int code = run_program(std::move(arguments));
    if (code == 0) return {};
    return fail(ErrorCode::Unavailable,
                program + (code == kNoSuchProgram ? ": cannot be run" : ": ended with an error"));
}

/// Without what is silent around it; `edge` seconds at both ends are not even looked at.
Result<Sound> sound_in(const fs::path& file, double edge) {
    const auto bytes = load_file(file, 256u << 20);
    if (!bytes) return tl::unexpected(bytes.error());
    auto sound = parse_wav(*bytes);
    if (!sound) return tl::unexpected(sound.error());
    const auto cut = static_cast<std::ptrdiff_t>(edge * sound->rate);
    if (std::ssize(sound->samples) > 2 * cut) {
        sound->samples.erase(sound->samples.end() - cut, sound->samples.end());
        sound->samples.erase(sound->samples.begin(), sound->samples.begin() + cut);
    }
    return trimmed(*sound);
}

/// Pieces in lines that open_jtalk can read, divided behind a sentence or at a pause.
std::vector<std::vector<SpokenPiece>> lines_of(const std::vector<SpokenPiece>& pieces) {
    std::vector<std::vector<SpokenPiece>> lines(1);
    std::size_t size = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::size_t here = std::max(pieces[i].text.size(), pieces[i].reading.size());
        if (size + here > kLongestLine && !lines.back().empty()) {
            lines.emplace_back();
            size = 0;
        }
        lines.back().push_back(pieces[i]);
        size += here;
        // A sentence that is followed by a long one begins its own line.
        const bool sentence = pieces[i].text == "。" || pieces[i].text == "？";
        if (sentence && i + 1 < pieces.size()) {
            std::size_t next = 0;
            for (std::size_t j = i + 1; j < pieces.size(); ++j) {
                next += std::max(pieces[j].text.size(), pieces[j].reading.size());
                if (pieces[j].text == "。" || pieces[j].text == "？") break;
            }
            if (size + next > kLongestLine) {
                lines.emplace_back();
                size = 0;
            }
        }
    }
    return lines;
}

Status jtalk_line(std::vector<SpokenPiece> pieces, const fs::path& work, Synthesised& result) {
    const WorkFolder folder(work);
    // A sign that is said as a word (" / ") is nothing to open_jtalk, which fails on a line of it.
    for (SpokenPiece& piece : pieces)
        if (!piece.reading.empty() && Spoken{{{piece.text, ""}}}.silent())
            piece.text = piece.reading;
    std::vector<std::size_t> misread;
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
        std::string line;
        for (const SpokenPiece& piece : pieces) line += piece.text;
        if (auto kept = replace_file(folder / "text", line + "\n"); !kept) return kept;
        auto ran = run({"open_jtalk", "-x", kDictionary.string(), "-m", kHtsVoice.string(), "-ow",
                        (folder / "wav").string(), "-ot", (folder / "trace").string(),
                        (folder / "text").string()});
        if (!ran) return ran;
        const auto trace = load_file(folder / "trace");
        if (!trace) return tl::unexpected(trace.error());
        misread = misread_pieces(pieces, parse_trace(*trace));
        bool changed = false;
        for (const std::size_t piece : misread) {
            changed = changed || pieces[piece].text != pieces[piece].reading;
            pieces[piece].text = pieces[piece].reading;
        }
        if (!changed) break;
    }
    for (const std::size_t piece : misread) result.doubts.push_back(pieces[piece].reading);
    auto sound = sound_in(folder / "wav", kJtalkEdge);
    if (!sound) return tl::unexpected(sound.error());
    auto& samples = result.sound.samples;
    if (!samples.empty())
        samples.insert(samples.end(), static_cast<std::size_t>(kPauseSeconds * sound->rate), 0.0f);
    result.sound.rate = sound->rate;
    samples.insert(samples.end(), sound->samples.begin(), sound->samples.end());
    return {};
}

}  // namespace

Voice voice_of(Language language) {
    if (is_japanese(language)) return {"open-jtalk-1.11/nitech-jp-atr503-m001", "as written"};
    if (language == Language::En) return {"flite-2.2/slt", "as written"};
    return {"recorded", ""};
}

bool has_synthetic_voice(Language language) {
    return is_japanese(language) || language == Language::En;
}

Status find_synthesiser(Language language) {
    if (is_japanese(language)) {
        const char* missing = found_in_path("open_jtalk").empty()    ? "open-jtalk"
                              : !fs::exists(kDictionary / "sys.dic") ? "open-jtalk-mecab-naist-jdic"
                              : !fs::exists(kHtsVoice) ? "hts-voice-nitech-jp-atr503-m001"
                                                       : nullptr;
        if (!missing) return {};
        return fail(ErrorCode::Unavailable,
                    std::string("Japanese speech needs the Debian package ") + missing +
                        ", see docs/voice.md");
    }
    if (!has_synthetic_voice(language))
        return fail(ErrorCode::Unavailable, "there is no synthetic voice for " +
                                                std::string(tag_of(language)) +
                                                ", only recordings; see docs/voice.md");
    if (!found_in_path("flite").empty()) return {};
    return fail(ErrorCode::Unavailable,
                "English speech needs the Debian package flite, see docs/voice.md");
}

Result<Synthesised> synthesise(const Spoken& spoken, Language language, const fs::path& work) {
    Synthesised result;
    if (is_japanese(language)) {
        for (const auto& line : lines_of(spoken.pieces))
            if (auto ran = jtalk_line(line, work, result); !ran) return tl::unexpected(ran.error());
        return result;
    }
    const WorkFolder folder(work);
    if (auto kept = replace_file(folder / "text", spoken.said() + "\n"); !kept)
        return tl::unexpected(kept.error());
    auto ran = run({"flite", "-voice", "slt", "-f", (folder / "text").string(), "-o",
                    (folder / "wav").string()});
    if (!ran) return tl::unexpected(ran.error());
    auto sound = sound_in(folder / "wav", 0);
    if (!sound) return tl::unexpected(sound.error());
    result.sound = std::move(*sound);
    return result;
}

}  // namespace machikoe
