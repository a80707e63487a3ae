#include "sync/server/driver.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

// GCC 12 inlines the operator new of a coroutine frame but not its operator delete, and takes
// the two for strangers.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace machikoe {
namespace {

namespace net = boost::asio;

constexpr std::size_t kMaxLabours = 16;

}  // namespace

Driver::Driver(net::io_context& io, std::unique_ptr<Store> store, const Clock& clock,
               std::shared_ptr<Metrics> metrics, std::size_t max_waiting)
    : io_(io), max_waiting_(max_waiting), queue_(std::move(store), clock, std::move(metrics)) {}

void Driver::stop() {
    workers_.join();
    slow_workers_.join();
    queue_.stop();
}

void Driver::knock(std::function<void()> heard) {
    queue_.push(AskStore([](Store&) { return Continuation(); }),
                [heard = std::move(heard)](const Continuation&) { heard(); });
}

net::awaitable<HttpResponse> Driver::answer(Step step) {
    if (!std::holds_alternative<HttpResponse>(step.next) && queue_.waiting() >= max_waiting_)
        co_return busy_response("too many requests wait for the store");
    for (;;) {
        if (auto* response = std::get_if<HttpResponse>(&step.next)) co_return std::move(*response);
        if (auto* labour = std::get_if<Labour>(&step.next)) {
            if (labours_ >= kMaxLabours) co_return busy_response("too much work waits");
            const Continuation next = co_await on_worker(std::move(*labour));
            step = next();
            continue;
        }
        if (auto* ask = std::get_if<AskStoreBriefly>(&step.next)) {
            const Continuation next = co_await on_store_briefly(std::move(*ask));
            step = next();
            continue;
        }
        StoreQueue::StoreStep store_step;
        if (auto* ask = std::get_if<AskStore>(&step.next))
            store_step = std::move(*ask);
        else
            store_step = std::move(std::get<AppendToStore>(step.next));
        const Continuation next = co_await on_store(std::move(store_step));
        step = next();
    }
}

net::awaitable<Continuation> Driver::on_store(StoreQueue::StoreStep step) {
    Continuation next;
    co_await net::async_initiate<const net::use_awaitable_t<>, void()>(
        [this, &step, &next](auto&& handler) {
            auto resume = std::make_shared<std::decay_t<decltype(handler)>>(std::move(handler));
            queue_.push(std::move(step), [this, &next, resume](Continuation continuation) {
                net::post(io_, [&next, resume, given = std::move(continuation)]() mutable {
                    next = std::move(given);
                    (*resume)();
                });
            });
        },
        net::use_awaitable);
    co_return next;
}

/// Whichever is first, the answer or the end of its time; the other finds nobody waiting.
net::awaitable<Continuation> Driver::on_store_briefly(AskStoreBriefly step) {
    struct Waiting {
        net::steady_timer timer;
        Continuation next;
    };
    auto waiting = std::make_shared<Waiting>(Waiting{net::steady_timer(io_, step.limit), nullptr});
    queue_.push(std::move(step.ask), [this, waiting](Continuation continuation) {
        net::post(io_, [waiting, given = std::move(continuation)]() mutable {
            waiting->next = std::move(given);
            waiting->timer.cancel();
        });
    });
    boost::system::error_code ec;
    co_await waiting->timer.async_wait(net::redirect_error(net::use_awaitable, ec));
    co_return waiting->next ? std::move(waiting->next) : std::move(step.late);
}

net::awaitable<Continuation> Driver::on_worker(Labour labour) {
    ++labours_;
    Continuation next = co_await on(workers_, std::move(labour.work));
    --labours_;
    co_return next;
}

net::awaitable<Continuation> Driver::aside(std::function<Continuation()> work) {
    co_return co_await on(slow_workers_, std::move(work));
}

net::awaitable<Continuation> Driver::on(net::thread_pool& pool,
                                        std::function<Continuation()> work) {
    Continuation next;
    co_await net::async_initiate<const net::use_awaitable_t<>, void()>(
        [this, &pool, &work, &next](auto&& handler) {
            auto resume = std::make_shared<std::decay_t<decltype(handler)>>(std::move(handler));
            net::post(pool, [this, &work, &next, resume] {
                next = work();
                net::post(io_, [resume] { (*resume)(); });
            });
        },
        net::use_awaitable);
    co_return next;
}

}  // namespace machikoe
