// ExportJobs: files of single responses, made beside the server's other work.
//
// Each job has a thread and a reader of the store of its own, which sees one moment.  It writes to
// a folder that only this user can read, and the file is there for whoever asked for it, for as
// long as options.life after it was made, and for nobody else.  At most kMostJobs run at once and
// kMostKept are there in all; none writes more than most_bytes or into the last kKeepFree_bytes of
// the disk.  The destructor ends all within a row
// or a block of what they do and removes every file; what a process that was killed left behind is
// removed by the next one.  Jobs are of this process: another server on the same database does not
// know them.
//
// Who asked and why is in the audit log before start() is called; that is the caller's part.
// One thread calls; the jobs' own threads touch nothing but their job.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/survey/pack.h"
#include "sync/export/export_files.h"

namespace machikoe {

inline constexpr std::size_t kMostJobs = 2;
inline constexpr std::size_t kMostKept = 8;
inline constexpr std::uintmax_t kKeepFree_bytes = 500u << 20;

enum class JobState { Running, Done, Failed, Cancelled, Over };  // Over: nothing is left of it

/// A job as it is shown.
struct JobView {
    std::string id;
    std::string format;
    JobState state = JobState::Running;
    int percent = 0;
    std::int64_t responses = 0;  // in the file
    std::uintmax_t bytes = 0;
    Milliseconds began{0};  // wall
    std::string trouble;    // why it failed, for an operator
};

struct ExportJobsOptions {
    std::filesystem::path folder;  // made when the first job begins
    std::string version;           // of the software
    std::function<Result<std::unique_ptr<Store>>()> open_reader;
    std::uintmax_t most_bytes = std::uintmax_t{2} << 30;
    Milliseconds life{3'600'000};  // of a file, from when it was made
};

class ExportJobs {
  public:
    ExportJobs(std::shared_ptr<const Pack> pack, const Clock& clock, ExportJobsOptions options);
    ~ExportJobs();
    ExportJobs(const ExportJobs&) = delete;
    ExportJobs& operator=(const ExportJobs&) = delete;

    /// False: nothing to read from.
    bool is_possible() const { return options_.open_reader != nullptr; }
    /// Whether start() would find room.
    bool has_room();
    /// Its id.  Conflict: kMostJobs run, or kMostKept are there.  Unavailable: no place on the
    /// disk, or no thread.
    Result<std::string> start(const std::string& account, const ExportFormat& format);
    /// Those of this account, the newest first.
    std::vector<JobView> of(const std::string& account);
    /// Ends it, or forgets its file.  NotFound: not this account's.
    Status cancel(const std::string& account, std::string_view id);
    struct File {
        std::filesystem::path path;
        std::string name;  // to be saved under
    };
    /// NotFound: not this account's, not done, or its time is over.
    Result<File> file(const std::string& account, std::string_view id);

  private:
    struct Job;
    class Lock;
    Status prepare_folder();
    void remove_stale();
    void forget_over();
    Job* find(const std::string& account, std::string_view id);

    std::shared_ptr<const Pack> pack_;
    const Clock& clock_;
    ExportJobsOptions options_;
    std::unique_ptr<Lock> lock_;  // says that folder_ is somebody's
    std::filesystem::path folder_;
    std::vector<std::unique_ptr<Job>> jobs_;
};

}  // namespace machikoe
