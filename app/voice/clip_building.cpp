#include "app/voice/clip_building.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/voice/clip_store.h"
#include "app/voice/sound_clip.h"
#include "app/voice/synthesiser.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestRecording = 64u << 20;

struct Recording {
    fs::path file;
    std::string sha256;
    bool by_key = false;
};

/// The recording of a clip, if there is one.
Result<std::optional<Recording>> find_recording(const fs::path& folder, const std::string& name,
                                                const WantedClip& wanted) {
    if (folder.empty()) return std::nullopt;
    std::vector<std::string> stems{name};
    stems.insert(stems.end(), wanted.keys.begin(), wanted.keys.end());
    std::optional<Recording> found;
    for (const std::string& stem : stems) {
        const fs::path file = folder / (stem + ".wav");
        std::error_code ec;
        if (!fs::is_regular_file(file, ec)) continue;
        const auto sha256 = sha256_of_file(file);
        if (!sha256) return tl::unexpected(sha256.error());
        if (found && found->sha256 != *sha256)
            return fail(ErrorCode::Invalid, found->file.string() + " and " + file.string() +
                                                ": two recordings of one clip, " +
                                                wanted.prompt.text);
        if (!found) found = Recording{file, *sha256, stem != name};
    }
    return found;
}

class Builder {
  public:
    Builder(const SpeechSource& source, const ClipBuilding& building, ClipIndex before)
        : source_(source), building_(building), before_(std::move(before)) {}

    Result<BuiltClips> build() {
        if (auto planned = plan(); !planned) return tl::unexpected(planned.error());
        if (auto ready = check_synthesisers(); !ready) return tl::unexpected(ready.error());
        std::error_code ec;
        fs::create_directories(source_.folder / kClipFolder, ec);
        if (ec) return fail(ErrorCode::Unavailable, source_.folder.string() + ": " + ec.message());
        make_all();
        // Before the first failure is told: what was made is to be found again.
        if (auto saved = save_clip_index(source_.folder, index_); !saved)
            return tl::unexpected(saved.error());
        if (failure_) return tl::unexpected(*failure_);
        remove_orphans();
        std::ranges::sort(built_.doubts);
        return std::move(built_);
    }

  private:
    struct Task {
        std::string name;
        const WantedClip* wanted;
        std::optional<Recording> recording;
    };

    Status plan() {
        std::vector<Prompt> all;
        index_.languages = before_.languages;
        for (const Language language : building_.languages)
            if (source_.prompts.contains(language)) index_.languages.emplace(tag_of(language));
        for (const auto& [language, prompts] : source_.prompts)
            if (index_.languages.contains(std::string(tag_of(language))))
                all.insert(all.end(), prompts.begin(), prompts.end());
        wanted_ = wanted_clips(all);
        for (const auto& [name, wanted] : wanted_)
            if (auto planned = plan_one(name, wanted); !planned) return planned;
        return {};
    }

    Status plan_one(const std::string& name, const WantedClip& wanted) {
        auto recording = find_recording(building_.recordings, name, wanted);
        if (!recording) return tl::unexpected(recording.error());
        const auto before = before_.clips.find(name);
        const bool known = before != before_.clips.end();
        if (!*recording && building_.recordings.empty() && known &&
            !before->second.source.empty() && is_whole(name, before->second)) {
            keep(name, wanted, before->second);  // recorded, and the recordings are elsewhere now
            return {};
        }
        if (*recording && (*recording)->by_key && !known)
            if (auto stale = stale_recording(**recording, wanted); !stale) return stale;
        const std::string source = *recording ? (*recording)->sha256 : "";
        if (known && before->second.source == source && is_whole(name, before->second))
            keep(name, wanted, before->second);
        else if (is_asked_for(wanted))
            tasks_.push_back({name, &wanted, *std::move(recording)});
        return {};
    }

    /// The same recording stood for another text under this key before.
    Status stale_recording(const Recording& recording, const WantedClip& wanted) const {
        for (const auto& [name, clip] : before_.clips)
            if (clip.source == recording.sha256 && !wanted_.contains(name))
                return fail(ErrorCode::Invalid, recording.file.string() + ": says \"" + clip.text +
                                                    "\", but the text is now \"" +
                                                    wanted.prompt.text + "\"");
        return {};
    }

    bool is_whole(const std::string& name, const Clip& clip) const {
        const auto sha256 = sha256_of_file(clip_file(source_.folder, name));
        return sha256 && *sha256 == clip.sha256;
    }

    bool is_asked_for(const WantedClip& wanted) const {
        return std::ranges::any_of(wanted.keys, [&](const std::string& key) {
            const auto language = language_of(key.substr(0, key.find('/')));
            return language && building_.languages.contains(*language);
        });
    }

    void keep(const std::string& name, const WantedClip& wanted, Clip clip) {
        clip.keys = wanted.keys;
        clip.text = wanted.prompt.text;
        index_.clips[name] = std::move(clip);
        ++built_.kept;
    }

    Status check_synthesisers() const {
        for (const Task& task : tasks_)
            if (!task.recording)
                if (auto found = find_synthesiser(task.wanted->prompt.said_in); !found)
                    return fail(found.error().code, found.error().message + " (or a recording of " +
                                                        task.wanted->keys.front() + ", " +
                                                        task.name + ".wav)");
        return {};
    }

    void make_all() {
        std::atomic<std::size_t> next{0}, done{0};
        const auto work = [&] {
            for (std::size_t i = next++; i < tasks_.size(); i = next++) {
                auto made = make(tasks_[i]);
                const std::lock_guard lock(mutex_);
                if (!made) {
                    if (!failure_)
                        failure_ = Error{made.error().code, tasks_[i].wanted->keys.front() + ": " +
                                                                made.error().message};
                    return;
                }
                (tasks_[i].recording ? built_.recorded : built_.made) += 1;
                index_.clips[tasks_[i].name] = *std::move(made);
                if (building_.progress) building_.progress(++done, tasks_.size());
                if (failure_) return;
            }
        };
        std::vector<std::thread> threads;
        for (unsigned i = 1; i < building_.threads; ++i) threads.emplace_back(work);
        work();
        for (std::thread& thread : threads) thread.join();
    }

    Result<Sound> sound_of_task(const Task& task) {
        if (task.recording) {
            const auto bytes = load_file(task.recording->file, kLargestRecording);
            if (!bytes) return tl::unexpected(bytes.error());
            auto sound = parse_wav(*bytes);
            if (!sound)
                return fail(ErrorCode::Invalid,
                            task.recording->file.string() + ": " + sound.error().message);
            return trimmed(*sound);
        }
        const Prompt& prompt = task.wanted->prompt;
        auto synthesised = synthesise(prompt.spoken, prompt.said_in);
        if (!synthesised) return tl::unexpected(synthesised.error());
        const std::lock_guard lock(mutex_);
        for (const std::string& doubt : synthesised->doubts)
            built_.doubts.push_back(task.wanted->keys.front() + ": " + doubt);
        return std::move(synthesised->sound);
    }

    Result<Clip> make(const Task& task) {
        auto sound = sound_of_task(task);
        if (!sound) return tl::unexpected(sound.error());
        if (sound->samples.empty())
            return fail(ErrorCode::Invalid, "silent: " + task.wanted->prompt.text);
        const auto bytes = encode_opus(levelled(*sound));
        if (!bytes) return tl::unexpected(bytes.error());
        if (auto kept = replace_file(clip_file(source_.folder, task.name), *bytes); !kept)
            return tl::unexpected(kept.error());
        Clip clip;
        clip.language = speech_tag(task.wanted->prompt.said_in);
        clip.voice =
            task.recording ? "recorded" : std::string(voice_of(task.wanted->prompt.said_in).id);
        clip.text = task.wanted->prompt.text;
        clip.keys = task.wanted->keys;
        clip.seconds = static_cast<double>(static_cast<int>(sound->seconds() * 1000)) / 1000;
        clip.bytes = bytes->size();
        clip.sha256 = sha256_hex(*bytes);
        if (task.recording) clip.source = task.recording->sha256;
        return clip;
    }

    void remove_orphans() {
        std::error_code ec;
        std::vector<fs::path> orphans;
        for (const auto& entry : fs::directory_iterator(source_.folder / kClipFolder, ec))
            if (entry.path().extension() == ".opus" &&
                !index_.clips.contains(entry.path().stem().string()))
                orphans.push_back(entry.path());
        for (const fs::path& orphan : orphans)
            if (fs::remove(orphan, ec)) ++built_.removed;
    }

    const SpeechSource& source_;
    const ClipBuilding& building_;
    const ClipIndex before_;
    std::map<std::string, WantedClip> wanted_;
    std::vector<Task> tasks_;
    std::mutex mutex_;  // of index_, built_, failure_ while threads work
    ClipIndex index_;
    BuiltClips built_;
    std::optional<Error> failure_;
};

}  // namespace

Result<BuiltClips> build_clips(const SpeechSource& source, const ClipBuilding& building) {
    auto before = load_clip_index(source.folder);
    if (!before) return tl::unexpected(before.error());
    return Builder(source, building, *std::move(before)).build();
}

}  // namespace machikoe
