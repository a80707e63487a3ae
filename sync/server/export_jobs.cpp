#include "sync/server/export_jobs.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/base/crypto.h"
#include "sync/export/zip.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kRowsBetweenLooks = 2000;  // at the disk
constexpr int kPackingPercent = 95;               // what is left is for the zip file

/// How many times a format goes through the responses.
int passes_of(std::string_view format) {
    return format == "package" ? 2 : 1;
}

std::uintmax_t size_of(const fs::path& folder) {
    std::uintmax_t total = 0;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folder, ec))
        if (const auto size = entry.file_size(ec); !ec) total += size;
    return total;
}

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folder, ec)) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

}  // namespace

/// A lock that the kernel lets go of when its process ends, however that ends.
class ExportJobs::Lock {
  public:
    explicit Lock(const fs::path& file)
        : file_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() {
        if (file_ >= 0) ::close(file_);
    }
    bool is_mine() const { return file_ >= 0 && ::flock(file_, LOCK_EX | LOCK_NB) == 0; }

  private:
    int file_;
};

struct ExportJobs::Job {
    // Set before its thread begins.
    std::string id, account;
    const ExportFormat* format = nullptr;
    fs::path folder;
    std::uintmax_t most_bytes = 0;
    Milliseconds began{0};

    std::atomic<bool> is_unwanted{false};
    std::atomic<std::int64_t> rows{0}, of_rows{0};
    std::atomic<bool> is_packing{false};

    std::mutex mutex;  // of what follows
    std::condition_variable forgotten;
    bool is_forgotten = false;
    JobState state = JobState::Running;
    std::string trouble;
    fs::path file;
    std::uintmax_t bytes = 0;
    std::int64_t responses = 0;

    std::thread thread;

    JobState now() {
        const std::lock_guard lock(mutex);
        return state;
    }
    void forget() {
        is_unwanted = true;
        {
            const std::lock_guard lock(mutex);
            is_forgotten = true;
        }
        forgotten.notify_all();
    }
    void run(const Pack& pack, const ExportJobsOptions& options);
    void finish(const Status& made);
    Status make(const Pack& pack, const ExportJobsOptions& options);
    Status still_wanted() const;
    Status has_place() const;
    Status each_row();
    Status keep_as_one();
    ~Job() {
        forget();
        if (thread.joinable()) thread.join();
        remove_files();
    }
    void remove_files() const {
        std::error_code ec;
        fs::remove_all(folder, ec);
        if (ec) spdlog::error("server: an export could not be removed: {}", ec.message());
    }
};

Status ExportJobs::Job::still_wanted() const {
    return is_unwanted ? fail(ErrorCode::Denied, "cancelled") : Status{};
}

Status ExportJobs::Job::has_place() const {
    std::error_code ec;
    const auto space = fs::space(folder, ec);
    if (ec || space.available < kKeepFree_bytes)
        return fail(ErrorCode::Unavailable, "the disk is nearly full");
    if (size_of(folder) > most_bytes)
        return fail(ErrorCode::Unavailable,
                    "the file became too large; use machikoe export on the server");
    return {};
}

Status ExportJobs::Job::each_row() {
    if (++rows % kRowsBetweenLooks == 0)
        if (Status place = has_place(); !place) return place;
    return still_wanted();
}

/// The files of the format as one.
Status ExportJobs::Job::keep_as_one() {
    const std::vector<fs::path> files = files_in(folder);
    fs::path one = files.size() == 1 ? files.front() : fs::path();
    if (one.empty()) {
        is_packing = true;
        one = folder / ("machikoe-" + std::string(format->name) + ".zip");
        int blocks = 0;
        const Status packed = write_zip(one, files, [&] {
            if (++blocks % 64 == 0)
                if (Status place = has_place(); !place) return place;
            return still_wanted();
        });
        if (!packed) return packed;
        for (const fs::path& file_in : files) fs::remove(file_in);
    }
    fs::permissions(one, fs::perms::owner_read | fs::perms::owner_write);
    const std::lock_guard lock(mutex);
    file = one;
    bytes = fs::file_size(one);
    return {};
}

Status ExportJobs::Job::make(const Pack& pack, const ExportJobsOptions& options) {
    if (Status place = has_place(); !place) return place;
    auto store = options.open_reader();
    if (!store) return tl::unexpected<Error>(store.error());
    if (Status held = (*store)->hold_moment(); !held) return held;
    const auto counts = (*store)->counts();
    if (!counts) return tl::unexpected<Error>(counts.error());
    of_rows = counts->responses * (1 + passes_of(format->name));
    EvaluationCounter counter(pack, kNoWardData);
    const auto row = [this] { return each_row(); };
    if (Status counted = count_responses(**store, counter, row); !counted) return counted;
    const Evaluation evaluation = counter.evaluate();
    {
        const std::lock_guard lock(mutex);
        responses = evaluation.responses;
    }
    const Status written = format->write(
        {pack, kNoWardData, nullptr, evaluation, **store, folder, true, options.version, row});
    store->reset();  // a moment that is held keeps the database from being tidied
    if (!written) return written;
    if (Status place = has_place(); !place) return place;
    return keep_as_one();
}

void ExportJobs::Job::run(const Pack& pack, const ExportJobsOptions& options) {
    Status made;
    try {
        made = make(pack, options);
    } catch (const std::exception& fault) {  // memory, or a file that went away
        made = fail(ErrorCode::Unavailable, fault.what());
    }
    if (!made || is_unwanted) remove_files();
    finish(made);
    std::unique_lock lock(mutex);
    forgotten.wait_for(lock, options.life, [this] { return is_forgotten; });
    state = JobState::Over;
    lock.unlock();
    remove_files();
}

void ExportJobs::Job::finish(const Status& made) {
    const std::lock_guard lock(mutex);
    state = is_unwanted ? JobState::Cancelled : made ? JobState::Done : JobState::Failed;
    if (state != JobState::Failed) return;
    trouble = made.error().message;
    spdlog::error("server: an export failed: {}", trouble);
}

ExportJobs::ExportJobs(std::shared_ptr<const Pack> pack, const Clock& clock,
                       ExportJobsOptions options)
    : pack_(std::move(pack)), clock_(clock), options_(std::move(options)) {
    if (!options_.folder.empty()) remove_stale();
}

ExportJobs::~ExportJobs() {
    for (const auto& job : jobs_) job->forget();  // all at once, then wait for each
    jobs_.clear();
    std::error_code ec;
    if (!folder_.empty()) fs::remove_all(folder_, ec);
}

/// Folders whose process is no more.
void ExportJobs::remove_stale() {
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(options_.folder, ec)) {
        if (!entry.is_directory()) continue;
        const Lock lock(entry.path() / "lock");
        if (!lock.is_mine()) continue;
        std::error_code fault;
        fs::remove_all(entry.path(), fault);
        if (fault) spdlog::error("server: an old export is still there: {}", fault.message());
    }
}

Status ExportJobs::prepare_folder() {
    if (!folder_.empty()) return {};
    const fs::path mine = options_.folder / random_hex(16);
    std::error_code ec;
    fs::create_directories(mine, ec);
    if (!ec) fs::permissions(options_.folder, fs::perms::owner_all, ec);
    if (!ec) fs::permissions(mine, fs::perms::owner_all, ec);
    if (ec) return fail(ErrorCode::Unavailable, options_.folder.string() + ": " + ec.message());
    auto lock = std::make_unique<Lock>(mine / "lock");
    if (!lock->is_mine())
        return fail(ErrorCode::Unavailable, mine.string() + ": cannot be written");
    lock_ = std::move(lock);
    folder_ = mine;
    return {};
}

void ExportJobs::forget_over() {
    std::erase_if(jobs_, [](const auto& job) { return job->now() == JobState::Over; });
}

bool ExportJobs::has_room() {
    forget_over();
    const auto running = std::ranges::count_if(
        jobs_, [](const auto& job) { return job->now() == JobState::Running; });
    return static_cast<std::size_t>(running) < kMostJobs && jobs_.size() < kMostKept;
}

Result<std::string> ExportJobs::start(const std::string& account, const ExportFormat& format) {
    if (!has_room()) return fail(ErrorCode::Conflict, "other exports are still being made");
    if (Status ready = prepare_folder(); !ready) return tl::unexpected<Error>(ready.error());
    auto job = std::make_unique<Job>();
    job->id = random_hex(16);
    job->account = account;
    job->format = &format;
    job->folder = folder_ / job->id;
    job->most_bytes = options_.most_bytes;
    job->began = clock_.wall();
    std::error_code ec;
    fs::create_directory(job->folder, ec);
    if (!ec) fs::permissions(job->folder, fs::perms::owner_all, ec);
    if (ec) return fail(ErrorCode::Unavailable, job->folder.string() + ": " + ec.message());
    try {
        job->thread = std::thread([this, each = job.get()] { each->run(*pack_, options_); });
    } catch (const std::system_error& fault) {
        return fail(ErrorCode::Unavailable, fault.what());
    }
    jobs_.push_back(std::move(job));
    return jobs_.back()->id;
}

std::vector<JobView> ExportJobs::of(const std::string& account) {
    forget_over();
    std::vector<JobView> views;
    for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job) {
        Job& each = **job;
        if (each.account != account) continue;
        const std::lock_guard lock(each.mutex);
        JobView view{each.id,        std::string(each.format->name),
                     each.state,     0,
                     each.responses, each.bytes,
                     each.began,     each.trouble};
        const std::int64_t total = std::max<std::int64_t>(each.of_rows, 1);
        view.percent = static_cast<int>(
            std::min<std::int64_t>(each.rows * kPackingPercent / total, kPackingPercent));
        if (each.is_packing) view.percent = kPackingPercent;
        if (each.state == JobState::Done) view.percent = 100;
        views.push_back(std::move(view));
    }
    return views;
}

ExportJobs::Job* ExportJobs::find(const std::string& account, std::string_view id) {
    forget_over();
    for (const auto& job : jobs_)
        if (job->account == account && job->id == id) return job.get();
    return nullptr;
}

Status ExportJobs::cancel(const std::string& account, std::string_view id) {
    Job* job = find(account, id);
    if (!job) return fail(ErrorCode::NotFound, "no such export");
    job->is_unwanted = true;
    if (job->now() != JobState::Running)
        std::erase_if(jobs_, [&](const auto& each) { return each.get() == job; });
    return {};
}

Result<ExportJobs::File> ExportJobs::file(const std::string& account, std::string_view id) {
    Job* job = find(account, id);
    if (!job || job->now() != JobState::Done)
        return fail(ErrorCode::NotFound, "no such file, or not any more");
    const std::lock_guard lock(job->mutex);
    return File{job->file, job->file.filename().string()};
}

}  // namespace machikoe
