// How long a server takes to have its figures, and a page to show them: live_figures DATA PACK
//
// Counts the answers once, if nobody has, and leaves a checkpoint; then starts from it as a server
// does.  DATA is a folder that `machikoe simulate answers` filled; no server runs on it.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "app/base/crypto.h"
#include "sync/pages/figures.h"
#include "sync/server/live_counts.h"

namespace machikoe {
namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

int complain(const Error& error) {
    std::fprintf(stderr, "live_figures: %s\n", error.message.c_str());
    return 1;
}

/// Counts everything unless a checkpoint holds it, and leaves one.
Status leave_checkpoint(Store& store, const std::shared_ptr<const Pack>& pack) {
    const auto start = Clock::now();
    LiveCounts counts(pack);
    if (Status started = counts.start(store); !started) return started;
    std::printf("first start:      %10.1f ms, %lld responses\n", ms_since(start),
                static_cast<long long>(counts.responses()));
    (void)counts.to_write(Milliseconds{0});
    if (const auto draft = counts.to_write(LiveCounts::kSettle)) {
        const auto put = store.put_checkpoint(draft->generation, draft->counts, draft->seen);
        if (!put) return tl::unexpected<Error>(put.error());
        std::printf("checkpoint:       %10zu bytes\n", draft->counts.size());
    }
    return {};
}

void print_page_times(const LiveCounts& counts, const Pack& pack) {
    constexpr int kTimes = 21;
    std::vector<double> computed, shown;
    for (int i = 0; i < kTimes; ++i) {
        auto start = Clock::now();
        const Evaluation evaluation = counts.counter().evaluate();
        computed.push_back(ms_since(start));
        start = Clock::now();
        const Markup page = overview({}, pack, evaluation);
        shown.push_back(ms_since(start));
    }
    std::ranges::sort(computed);
    std::ranges::sort(shown);
    std::printf("figures:          %10.2f ms (median of %d; least %.2f, most %.2f)\n",
                computed[kTimes / 2], kTimes, computed.front(), computed.back());
    std::printf("overview page:    %10.2f ms\n", shown[kTimes / 2]);
}

int measure(const char* data, const char* folder) {
    auto files = load_pack_files(folder);
    if (!files) return complain(files.error());
    auto parsed = parse_pack(*files);
    if (!parsed) return complain({ErrorCode::Invalid, "the pack has faults"});
    const auto pack = std::make_shared<const Pack>(std::move(*parsed));
    {
        auto store = open_sqlite_store(data);
        if (!store) return complain(store.error());
        if (const Status left = leave_checkpoint(**store, pack); !left)
            return complain(left.error());
    }
    const auto start = Clock::now();
    auto store = open_sqlite_store(data);
    if (!store) return complain(store.error());
    LiveCounts counts(pack);
    if (const Status started = counts.start(**store); !started) return complain(started.error());
    std::printf("start:            %10.1f ms, %lld responses\n", ms_since(start),
                static_cast<long long>(counts.responses()));
    print_page_times(counts, *pack);
    return 0;
}

}  // namespace
}  // namespace machikoe

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: live_figures DATA PACK\n");
        return 2;
    }
    machikoe::crypto_ready();
    return machikoe::measure(argv[1], argv[2]);
}
