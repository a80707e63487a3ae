#include "app/voice/clip_check.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <set>
#include <thread>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/voice/clip_store.h"
#include "app/voice/sound_clip.h"

namespace machikoe {
namespace {

constexpr std::uintmax_t kLargestClip = 8u << 20;
constexpr double kSilentLufs = -45.0;
constexpr double kClipped = 0.99;
// Seconds, for whoever moves on is to hear it at once.  A soft h in front or an s at the end may
// count as silence once it is packed; what Open JTalk leaves is 0.4 in front and 0.5 behind.
constexpr double kLongestLead = 0.3, kLongestTail = 0.35;

/// What is between: a voice says 4.8 beats a second, and reads out 12 to 15 letters.
bool is_plausible(double seconds, const Prompt& prompt) {
    const auto length = static_cast<double>(length_of(prompt.spoken, prompt.said_in));
    const double least = is_japanese(prompt.said_in) ? 0.08 : 0.025;
    const double most = is_japanese(prompt.said_in) ? 0.45 : 0.25;
    return seconds >= least * length && seconds <= 1.5 + most * length;
}

/// What is wrong with a file; "" when nothing is.
std::string fault_of(const std::filesystem::path& folder, const std::string& name,
                     const ClipIndex& index, const Prompt& prompt, ClipCheck check) {
    const auto entry = index.clips.find(name);
    if (check == ClipCheck::IsThere) {
        std::error_code ec;
        const bool is_there = std::filesystem::exists(clip_file(folder, name), ec);
        return entry != index.clips.end() && is_there ? "" : "missing";
    }
    const auto bytes = load_file(clip_file(folder, name), kLargestClip);
    if (entry == index.clips.end() || (!bytes && bytes.error().code == ErrorCode::NotFound))
        return "missing";
    if (!bytes || sha256_hex(*bytes) != entry->second.sha256) return "damaged";
    const auto sound = decode_opus(*bytes);
    if (!sound) return "damaged";
    const double loudness = loudness_of(*sound);
    if (loudness < kSilentLufs) return "silent";
    if (std::abs(loudness - kTargetLufs) > kLoudnessTolerance) return "too quiet or too loud";
    if (peak_of(*sound) >= kClipped) return "clipped";
    const Silence silence = silence_around(*sound);
    if (static_cast<double>(silence.before) > kLongestLead * sound->rate ||
        static_cast<double>(silence.after) > kLongestTail * sound->rate)
        return "silence around it";
    // A person may speak as slowly as is good.
    if (entry->second.source.empty() && !is_plausible(sound->seconds(), prompt))
        return "too short or too long";
    return "";
}

class Checker {
  public:
    Checker(const std::vector<Language>& languages, ClipCheck check, unsigned threads)
        : languages_(languages), check_(check), threads_(threads) {}

    Status check(const SpeechSource& source) {
        const auto index = load_clip_index(source.folder);
        if (!index) return tl::unexpected(index.error());
        std::vector<Prompt> asked, all;
        for (const auto& [language, prompts] : source.prompts) {
            const bool is_asked = std::ranges::find(languages_, language) != languages_.end();
            if (is_asked) asked.insert(asked.end(), prompts.begin(), prompts.end());
            if (is_asked || index->languages.contains(std::string(tag_of(language))))
                all.insert(all.end(), prompts.begin(), prompts.end());
        }
        listen(source, *index, wanted_clips(asked));
        if (check_ == ClipCheck::IsHeard) find_orphans(source, *index, wanted_clips(all));
        return {};
    }

    ClipReport take() {
        std::ranges::stable_sort(report_.faults, {}, &ClipFault::key);
        return std::move(report_);
    }

  private:
    void listen(const SpeechSource& source, const ClipIndex& index,
                const std::map<std::string, WantedClip>& wanted) {
        std::vector<const std::pair<const std::string, WantedClip>*> all;
        for (const auto& entry : wanted) all.push_back(&entry);
        std::vector<std::string> faults(all.size());
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (std::size_t i = next++; i < all.size(); i = next++)
                faults[i] =
                    fault_of(source.folder, all[i]->first, index, all[i]->second.prompt, check_);
        };
        std::vector<std::thread> threads;
        for (unsigned i = 1; i < threads_; ++i) threads.emplace_back(work);
        work();
        for (std::thread& thread : threads) thread.join();
        for (std::size_t i = 0; i < all.size(); ++i) add(*all[i], index, faults[i]);
    }

    void add(const std::pair<const std::string, WantedClip>& entry, const ClipIndex& index,
             const std::string& fault) {
        const auto& [name, wanted] = entry;
        std::set<std::string> counted;
        for (const std::string& key : wanted.keys) {
            const std::string language = key.substr(0, key.find('/'));
            SpokenTotals& totals = report_.totals[language];
            ++totals.prompts;
            const bool first = counted.insert(language).second;
            if (first && !fault.empty())
                report_.faults.push_back(
                    {language, fault, key.substr(key.find('/') + 1), wanted.prompt.text, name});
            const auto clip = index.clips.find(name);
            if (!first || clip == index.clips.end()) continue;
            ++totals.clips;
            totals.recorded += clip->second.source.empty() ? 0 : 1;
            totals.seconds += clip->second.seconds;
            totals.bytes += clip->second.bytes;
        }
    }

    void find_orphans(const SpeechSource& source, const ClipIndex& index,
                      const std::map<std::string, WantedClip>& wanted) {
        std::error_code ec;
        std::set<std::string> names;
        for (const auto& [name, clip] : index.clips) names.insert(name);
        const std::filesystem::directory_iterator files(source.folder / kClipFolder, ec);
        if (!ec)
            for (const auto& file : files) names.insert(file.path().stem().string());
        for (const std::string& name : names) {
            if (wanted.contains(name)) continue;
            ClipFault fault{"", "orphaned", "", "", name};
            if (const auto clip = index.clips.find(name); clip != index.clips.end()) {
                fault.text = clip->second.text;
                if (!clip->second.keys.empty()) {
                    const std::string& key = clip->second.keys.front();
                    fault.language = key.substr(0, key.find('/'));
                    fault.key = key.substr(key.find('/') + 1);
                }
            }
            report_.faults.push_back(std::move(fault));
        }
    }

    const std::vector<Language>& languages_;
    ClipCheck check_;
    unsigned threads_;
    ClipReport report_;
};

}  // namespace

std::string to_string(const ClipFault& fault) {
    std::string words;
    if (!fault.key.empty()) words = fault.language + "/" + fault.key + ": ";
    words += fault.what;
    if (!fault.text.empty()) words += ": \"" + fault.text + "\"";
    return words + " (" + fault.clip + ")";
}

Result<ClipReport> check_clips(const std::vector<SpeechSource>& sources,
                               const std::vector<Language>& languages, ClipCheck check,
                               unsigned threads) {
    Checker checker(languages, check, threads);
    for (const SpeechSource& source : sources)
        if (auto checked = checker.check(source); !checked) return tl::unexpected(checked.error());
    return checker.take();
}

Result<std::vector<Language>> built_languages(const std::vector<SpeechSource>& sources) {
    std::vector<Language> languages(kAllLanguages.begin(), kAllLanguages.end());
    for (const SpeechSource& source : sources) {
        const auto index = load_clip_index(source.folder);
        if (!index) return tl::unexpected(index.error());
        std::erase_if(languages, [&](Language language) {
            return !index->languages.contains(std::string(tag_of(language)));
        });
    }
    return languages;
}

}  // namespace machikoe
