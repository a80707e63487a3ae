#include "sync/export/export.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "sync/commands/common.h"
#include "sync/commands/new_file.h"

namespace machikoe {
namespace {

struct ExportOptions {
    std::string format;
    std::string data;
    std::string pack;
    std::string out;
};

/// A bar on a terminal, once the work has taken longer than a person likes to wait blindly.
class Progress {
  public:
    explicit Progress(std::int64_t total)
        : total_(std::max<std::int64_t>(total, 1)), wanted_(::isatty(STDERR_FILENO) == 1) {}
    ~Progress() {
        if (shown_) fmt::print(stderr, "\r\033[K");
    }
    void step() {
        ++done_;
        const auto now = std::chrono::steady_clock::now();
        if (!wanted_ || now < next_) return;
        next_ = now + std::chrono::milliseconds(200);
        shown_ = true;
        constexpr std::int64_t kWidth = 40;
        const std::int64_t filled = std::min(kWidth, kWidth * done_ / total_);
        fmt::print(stderr, "\r[{:#<{}}{:.<{}}] {}", "", filled, "", kWidth - filled, done_);
    }

  private:
    using Time = std::chrono::steady_clock::time_point;
    std::int64_t total_;
    std::int64_t done_ = 0;
    bool wanted_;
    bool shown_ = false;
    Time next_ = std::chrono::steady_clock::now() + std::chrono::seconds(1);
};

/// Both files from one pass over one snapshot of the database: they agree by construction.
Status write_files(Store& store, const Pack& pack, const std::filesystem::path& folder,
                   IndicatorCounter& counter) {
    const Result<Counts> counts = store.counts();
    if (!counts) return tl::unexpected<Error>(counts.error());
    NewFile responses(folder / "responses.csv");
    NewFile indicators(folder / "indicators.csv");
    ResponseCsv csv(responses.stream(), pack);
    Progress progress(counts->responses);
    const Status read =
        store.for_each_response([&](const std::string& id, const Response& response) {
            counter.add(response);
            if (response.pack_id == pack.plan.id && response.pack_hash == pack.hash)
                csv.write(id, response);
            progress.step();
            return responses.stream().good();
        });
    if (!read) return read;
    write_indicator_csv(indicators.stream(), pack, counter.figures());
    if (const Status written = responses.commit(); !written) return written;
    return indicators.commit();
}

Ended export_files(const ExportOptions& options) {
    if (options.format != "csv")
        return end_with(Ended::Usage, "unknown format '" + options.format + "'; known: csv");
    Ended ended = Ended::Ok;
    const std::unique_ptr<LoadedPack> loaded = load_pack_for(options.pack, ended);
    if (!loaded) return ended;
    const std::unique_ptr<Store> store = open_store_for(options.data, StoreMode::ReadOnly);
    if (!store) return Ended::Environment;
    std::error_code ec;
    std::filesystem::create_directories(options.out, ec);
    if (ec) return end_with(Ended::Environment, options.out + ": " + ec.message());
    IndicatorCounter counter(loaded->pack);
    if (const Status written = write_files(*store, loaded->pack, options.out, counter); !written)
        return end_with(Ended::Environment, written.error().message);
    fmt::print(stderr, "{} responses in {}\n", counter.responses(), options.out);
    if (counter.other_versions() > 0)
        fmt::print(stderr,
                   "{} responses to other versions of the pack are not in the files: export them "
                   "with the pack that they answered\n",
                   counter.other_versions());
    return Ended::Ok;
}

}  // namespace

void add_export(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("export", "writes responses and indicators as files");
    auto options = std::make_shared<ExportOptions>();
    command->add_option("--format", options->format, "csv")->required();
    command->add_option("--data", options->data, "folder of server.db")->required();
    command->add_option("--pack", options->pack, "folder of the content pack")->required();
    command->add_option("--out", options->out, "folder for the files")->required();
    command->callback(
        [options, &chosen] { chosen = [options] { return export_files(*options); }; });
}

}  // namespace machikoe
