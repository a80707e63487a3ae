// Common: what the subcommands share: packs and databases opened for an operator, and
// failures told in one line.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/survey/pack.h"
#include "sync/commands/commands.h"
#include "sync/store/location.h"
#include "sync/store/store.h"

namespace machikoe {

/// Prints "machikoe: …" on stderr, line breaks flattened, and hands `ended` back.
Ended end_with(Ended ended, std::string_view message);

/// Flushes standard output.  A full disk behind a redirection is not success.
Ended end_after_output();

struct LoadedPack {
    PackFiles files;
    Pack pack;
};
/// Prints the first fault, how many others there are, and how to see them; on failure
/// `ended` says how to end.
std::unique_ptr<LoadedPack> load_pack_for(const std::filesystem::path& folder, Ended& ended);

/// Every fault of a pack, that of its folder's name included.  `pack` is there when there is
/// none.
struct PackReading {
    PackFiles files;
    std::vector<PackFault> faults;
    std::optional<Pack> pack;
};
/// NotFound, Invalid: no pack there.  Unavailable: cannot be read.
Result<PackReading> read_pack(const std::filesystem::path& folder);

/// --data, where the keys are and server.db is, and --database for what takes the place of the
/// latter.
void add_data_options(CLI::App& command, std::string& data, std::string& database);

/// The server's database, or nothing after printing why; the exit code is then Environment.
std::unique_ptr<Store> open_store_for(const StoreLocation& location, StoreMode mode);

/// A folder of ours beside something, for its owner only; gone, with all in it, in the end.
class StagingFolder {
  public:
    explicit StagingFolder(std::filesystem::path path);
    StagingFolder(const StagingFolder&) = delete;
    StagingFolder& operator=(const StagingFolder&) = delete;
    ~StagingFolder();

    /// Unavailable: it could not be made, or is there already.
    const Status& made() const { return made_; }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
    Status made_;
};

/// "2022-06-01 10h", in Japan.
std::string hour_of(Milliseconds wall);

/// A passphrase: the first line of a file.  Invalid: there is none.
Result<std::string> passphrase_in(const std::filesystem::path& file);

}  // namespace machikoe
