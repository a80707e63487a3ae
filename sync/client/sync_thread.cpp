#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/base/crypto.h"
#include "sync/client/client.h"
#include "sync/client/courier.h"
#include "sync/client/health_report.h"
#include "sync/client/totals_watch.h"

namespace machikoe {
namespace {

constexpr std::chrono::seconds kReopen{30};

double random_jitter() {
    return static_cast<double>(random_seed() >> 11) * 0x1p-53;
}

}  // namespace

struct SyncThread::Data {
    std::filesystem::path folder;
    std::unique_ptr<Transport> transport;
    SystemClock clock;

    mutable std::mutex mutex;
    std::condition_variable wanted;   // for the thread: a wake, or the end
    std::condition_variable changed;  // for those who drain: the status is a new one
    SyncStatus status;
    Standing standing;
    std::shared_ptr<const Totals> totals;
    bool stopping = false;
    int draining = 0;
    // A wake is answered once a step that began after it has ended; only then does the
    // status count what was appended before the wake.
    std::uint64_t asked = 0;
    std::uint64_t answered = 0;
    std::thread thread;

    void run();
    void work(Outbox& outbox, KeyStore& keys);
    void ask(std::unique_lock<std::mutex>&) {
        ++asked;
        wanted.notify_one();
    }
};

void SyncThread::Data::run() {
    for (;;) {
        Result<Outbox> outbox = Outbox::open(folder);
        Result<KeyStore> keys = KeyStore::open_again(folder);
        if (outbox && keys) return work(*outbox, *keys);
        std::unique_lock lock(mutex);
        status.last_error = (outbox ? keys.error() : outbox.error()).message;
        status.last_code = ErrorCode::Corrupt;  // our own file
        if (wanted.wait_for(lock, kReopen, [&] { return stopping; })) return;
    }
}

void SyncThread::Data::work(Outbox& outbox, KeyStore& keys) {
    Courier courier(outbox, keys, *transport, clock, random_jitter);
    TotalsWatch watch(*transport, clock);
    HealthReport health(*transport, outbox, clock, folder);
    std::unique_lock lock(mutex);
    while (!stopping) {
        const std::uint64_t seen = asked;
        const Pace pace = draining > 0 ? Pace::Hurried : Pace::Patient;
        lock.unlock();
        Milliseconds rest = courier.step(pace);
        lock.lock();
        if (courier.status().last_success != status.last_success) watch.delivered();
        status = courier.status();
        answered = seen;
        changed.notify_all();
        // Answers go first, and where they do not get through nothing else would.
        const bool is_quiet = rest > Milliseconds{0} && status.last_error.empty();
        if (is_quiet && courier.enrolment() && !stopping) {
            const Standing told = standing;
            lock.unlock();
            rest = std::min(rest, watch.step(courier.enrolment()->server));
            if (status.enrolled) rest = std::min(rest, health.step(*courier.enrolment(), told));
            lock.lock();
            totals = watch.latest();
        }
        wanted.wait_for(lock, rest, [&] { return stopping || asked != seen; });
    }
}

SyncThread::SyncThread(std::filesystem::path folder, std::unique_ptr<Transport> transport)
    : data_(std::make_unique<Data>()) {
    data_->folder = std::move(folder);
    data_->transport = std::move(transport);
    data_->thread = std::thread([data = data_.get()] { data->run(); });
}

SyncThread::~SyncThread() {
    {
        const std::lock_guard lock(data_->mutex);
        data_->stopping = true;
    }
    data_->transport->cancel();
    data_->wanted.notify_one();
    data_->thread.join();
}

void SyncThread::set_standing(Standing standing) {
    const std::lock_guard lock(data_->mutex);
    data_->standing = std::move(standing);
}

void SyncThread::wake() {
    std::unique_lock lock(data_->mutex);
    data_->ask(lock);
}

SyncStatus SyncThread::status() const {
    const std::lock_guard lock(data_->mutex);
    return data_->status;
}

std::shared_ptr<const Totals> SyncThread::totals() const {
    const std::lock_guard lock(data_->mutex);
    return data_->totals;
}

bool SyncThread::drain(Milliseconds limit) {
    std::unique_lock lock(data_->mutex);
    ++data_->draining;
    data_->ask(lock);
    const std::uint64_t mine = data_->asked;
    const bool done = data_->changed.wait_for(lock, limit, [&] {
        return data_->answered >= mine && data_->status.waiting_envelopes == 0;
    });
    --data_->draining;
    return done;
}

}  // namespace machikoe
