#include "sync/simulation/load.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "app/base/crypto.h"
#include "sync/simulation/load_kiosk.h"
#include "sync/simulation/load_run.h"
#include "sync/simulation/process_meter.h"
#include "sync/simulation/residents.h"

namespace machikoe::simulation {
namespace {

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[values.size() / 2];
}

}  // namespace

double LoadReport::rate(bool with_idle) const {
    std::vector<double> rates;
    for (const LoadSlice& slice : slices)
        if ((slice.idle > 0) == with_idle && slice.seconds > 0)
            rates.push_back(static_cast<double>(slice.responses) / slice.seconds);
    return median(std::move(rates));
}

double LoadReport::cpu_us(bool with_idle) const {
    double cpu_s = 0, responses = 0;
    for (const LoadSlice& slice : slices)
        if ((slice.idle > 0) == with_idle) {
            cpu_s += slice.server_cpu_s;
            responses += static_cast<double>(slice.responses);
        }
    return responses > 0 ? 1e6 * cpu_s / responses : 0;
}

double LoadReport::latency_ms(double share) const {
    if (latencies_ms.empty()) return 0;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(latencies_ms.size()));
    return latencies_ms[std::min(at, latencies_ms.size() - 1)];
}

bool is_loopback(const std::string& url) {
    std::string_view rest = url;
    if (const auto scheme = rest.find("://"); scheme != rest.npos)
        rest.remove_prefix(scheme + 3);
    else
        return false;
    if (rest.find('@') != rest.npos) return false;
    if (rest.starts_with("[::1]")) return rest.size() == 5 || rest[5] == ':' || rest[5] == '/';
    const std::string_view host = rest.substr(0, rest.find_first_of(":/?#"));
    // All of digits: "127.example.org" is somebody else's.
    const bool is_number = host.find_first_not_of("0123456789.") == host.npos;
    return host == "localhost" || (is_number && host.starts_with("127."));
}

Status may_take_load(Store& store) {
    const auto kiosks = store.kiosks();
    if (!kiosks) return tl::unexpected<Error>(kiosks.error());
    for (const KioskRow& kiosk : *kiosks)
        if (kiosk.held > 0 && !kiosk.site.starts_with(kSyntheticSite))
            return fail(ErrorCode::Invalid, "kiosk " + kiosk.id + " at '" + kiosk.site +
                                                "' has sent answers of people to this database: "
                                                "made-up answers belong in a folder of their own");
    return {};
}

namespace {

/// Every acknowledged response is there, once: by the ledger, and by the responses themselves.
/// Fewer than a group wait sealed, and of those only the number is known.
Status prove_all(Store& store, const LoadRun& run, LoadReport& report) {
    for (const LoadKiosk& kiosk : run.kiosks()) {
        const auto row = store.kiosk(kiosk.id());
        if (!row) return tl::unexpected<Error>(row.error());
        const auto gaps = store.gaps(kiosk.id());
        if (!gaps) return tl::unexpected<Error>(gaps.error());
        report.lost += std::max<std::int64_t>(0, kiosk.acknowledged() - row->held);
        report.lost += std::ssize(*gaps);
    }
    std::set<std::uint64_t> missing(run.seeds().begin(), run.seeds().end());
    std::set<std::uint64_t> seen;
    const Status read = store.for_each_response([&](const std::string&, const Response& response) {
        if (missing.erase(response.seed) == 1)
            seen.insert(response.seed);
        else if (seen.contains(response.seed))
            ++report.doubled;
        return true;
    });
    if (!read) return read;
    const auto counts = store.counts();
    if (!counts) return tl::unexpected<Error>(counts.error());
    report.lost += std::max<std::int64_t>(0, std::ssize(missing) - counts->waiting);
    report.is_proven = true;
    return {};
}

}  // namespace

Result<LoadReport> run_load(const LoadOptions& options, const Pack& pack, Store* store) {
    if (store)
        if (const Status may = may_take_load(*store); !may)
            return tl::unexpected<Error>(may.error());
    auto run = LoadRun::begin(options, pack);
    if (!run) return tl::unexpected<Error>(run.error());
    LoadReport report;
    if (const Status sent = (*run)->send_all(report); !sent)
        return tl::unexpected<Error>(sent.error());
    std::ranges::sort(report.latencies_ms);
    if (store)
        if (const Status proven = prove_all(*store, **run, report); !proven)
            return tl::unexpected<Error>(proven.error());
    return report;
}

}  // namespace machikoe::simulation
