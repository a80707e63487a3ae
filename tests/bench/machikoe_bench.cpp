// Figures for the README, by Google Benchmark.  tests/measure runs them.
//
// Machines are noisy: read the durable save of a sealed answer against the bare write of 4 KiB in
// the same run.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "app/base/crypto.h"
#include "app/survey/pack.h"
#include "app/ui/stage.h"
#include "sync/client/keeping.h"
#include "sync/seal/keys.h"

namespace machikoe {
namespace {

const std::filesystem::path kRoot = MACHIKOE_SOURCE_DIR;

/// What a kiosk has loaded, once for all benchmarks.
struct Loaded {
    Pack pack = load_pack(kRoot / "assets/packs/tsurumi-r4").value();
    Strings strings = Strings::load(kRoot / "assets/strings", pack.plan.languages).value();
    std::unique_ptr<TextEngine> text = TextEngine::create().value();
};

Loaded& loaded() {
    static Loaded all;
    return all;
}

Visit at_question(Language language) {
    Visit visit;
    visit.screen = Screen::Question;
    visit.section = loaded().pack.plan.issues.back().id;
    visit.settings.language = language;
    for (const Question& question : loaded().pack.survey.questions)
        if (question.section == visit.section && question.type == QuestionType::Scale) {
            visit.question = question.id;
            break;
        }
    return visit;
}

/// Layout, tessellation and nodes of one frame; no pixels.
void BM_BuildQuestionFrame(benchmark::State& state) {
    Stage stage(loaded().pack, loaded().strings, *loaded().text, {});
    stage.show(at_question(static_cast<Language>(state.range(0))));
    Now now{Milliseconds{1000}, Milliseconds{1'650'000'000'000}};
    stage.frame(now);
    for (auto _ : state) {
        now.monotonic += Milliseconds{16};
        stage.frame(now);
    }
    state.SetLabel(std::string(tag_of(static_cast<Language>(state.range(0)))));
}
BENCHMARK(BM_BuildQuestionFrame)
    ->Arg(static_cast<int>(Language::Ja))
    ->Arg(static_cast<int>(Language::JaEasy))
    ->Arg(static_cast<int>(Language::En))
    ->Unit(benchmark::kMicrosecond);

/// The first frame after a resident chose another language: every glyph of it is rasterised.
void BM_FirstFrameOfALanguage(benchmark::State& state) {
    for (auto _ : state) {
        state.PauseTiming();
        auto text = TextEngine::create().value();
        Stage stage(loaded().pack, loaded().strings, *text, {});
        stage.show(at_question(state.range(0) == static_cast<int>(Language::Ja) ? Language::En
                                                                                : Language::Ja));
        const Now now{Milliseconds{1000}, Milliseconds{1'650'000'000'000}};
        stage.frame(now);
        stage.show(at_question(static_cast<Language>(state.range(0))));
        state.ResumeTiming();
        stage.frame(now);
    }
    state.SetLabel(std::string(tag_of(static_cast<Language>(state.range(0)))));
}
BENCHMARK(BM_FirstFrameOfALanguage)
    ->Arg(static_cast<int>(Language::Ja))
    ->Arg(static_cast<int>(Language::JaEasy))
    ->Arg(static_cast<int>(Language::En))
    ->Arg(static_cast<int>(Language::ZhHans))
    ->Arg(static_cast<int>(Language::ZhHant))
    ->Arg(static_cast<int>(Language::Ko))
    ->Arg(static_cast<int>(Language::Vi))
    ->Iterations(10)
    ->Unit(benchmark::kMillisecond);

class Folder {
  public:
    Folder() : path_(kRoot / "build" / ("bench-" + random_hex(4))) {
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

constexpr std::size_t kRecordBytes = 2048;  // a response of the Tsurumi pack, all issues answered

/// One response: sealed, and durable when it returns.
void BM_DurableSave(benchmark::State& state) {
    const Folder folder;
    Outbox outbox = Outbox::open(folder.path()).value();
    Sealer sealer(outbox.kiosk());
    const SealingKey key = SealingKey::generate();
    const std::string pack(64, 'a'), record(kRecordBytes, 'x');
    for (auto _ : state)
        if (!keep({.record = record, .public_key = key.public_key(), .pack_hash = pack}, sealer,
                  outbox))
            state.SkipWithError("not saved");
}
BENCHMARK(BM_DurableSave)->UseRealTime()->Unit(benchmark::kMicrosecond);

/// What sealing is of that.
void BM_Seal(benchmark::State& state) {
    Epoch epoch(std::string(32, 'a'), SealingKey::generate().public_key());
    const std::string record(kRecordBytes, 'x');
    for (auto _ : state) {
        if (epoch.count() == kMaxEpochRecords) {
            state.PauseTiming();
            epoch = Epoch(std::string(32, 'a'), SealingKey::generate().public_key());
            state.ResumeTiming();
        }
        benchmark::DoNotOptimize(epoch.seal(record));
    }
}
BENCHMARK(BM_Seal)->Unit(benchmark::kMicrosecond);

/// A new epoch, once an hour.
void BM_OpenEpoch(benchmark::State& state) {
    const std::string key = SealingKey::generate().public_key();
    for (auto _ : state) benchmark::DoNotOptimize(Epoch(std::string(32, 'a'), key).opening());
}
BENCHMARK(BM_OpenEpoch)->Unit(benchmark::kMicrosecond);

/// The floor of this disk: append 4 KiB and fdatasync.
void BM_BareWriteAndSync(benchmark::State& state) {
    const Folder folder;
    const int file = ::open((folder.path() / "bare").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    const std::string block(4096, 'x');
    for (auto _ : state)
        if (::write(file, block.data(), block.size()) < 0 || ::fdatasync(file) != 0)
            state.SkipWithError("not written");
    ::close(file);
}
BENCHMARK(BM_BareWriteAndSync)->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace machikoe

int main(int argc, char** argv) {
    machikoe::crypto_ready();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
