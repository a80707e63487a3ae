#include "app/platform/touch_input.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <mutex>
#include <thread>
#include <utility>

// Last: Xlib defines None, Status, Bool and more.
#include <X11/Xlib.h>
#include <X11/extensions/XInput2.h>

namespace machikoe {
namespace {

struct CloseDisplay {
    void operator()(Display* display) const { XCloseDisplay(display); }
};

}  // namespace

struct TouchInput::Data {
    std::unique_ptr<Display, CloseDisplay> display;
    int extension = 0;
    std::function<void()> wake;
    int stop = -1;  // an eventfd: readable when the thread shall end
    std::mutex mutex;
    std::vector<TouchEvent> queue;
    std::thread thread;

    ~Data() {
        if (thread.joinable()) {
            const std::uint64_t one = 1;
            while (::write(stop, &one, sizeof one) < 0) continue;
            thread.join();
        }
        if (stop >= 0) ::close(stop);
    }

    bool listen_to(unsigned long window) {
        int event = 0, error = 0, major = 2, minor = 2;
        if (!XQueryExtension(display.get(), "XInputExtension", &extension, &event, &error))
            return false;
        if (XIQueryVersion(display.get(), &major, &minor) != Success ||
            std::pair(major, minor) < std::pair(2, 2)) {
            return false;
        }
        std::array<unsigned char, XIMaskLen(XI_LASTEVENT)> bits{};
        for (const int kind : {XI_TouchBegin, XI_TouchUpdate, XI_TouchEnd})
            XISetMask(bits.data(), kind);
        XIEventMask mask{XIAllMasterDevices, static_cast<int>(bits.size()), bits.data()};
        XISelectEvents(display.get(), window, &mask, 1);
        XSync(display.get(), False);
        return true;
    }

    /// True when there is something to take.
    bool read_events() {
        bool any = false;
        while (XPending(display.get()) > 0) {
            XEvent event;
            XNextEvent(display.get(), &event);
            XGenericEventCookie& cookie = event.xcookie;
            if (cookie.type != GenericEvent || cookie.extension != extension ||
                !XGetEventData(display.get(), &cookie)) {
                continue;
            }
            any |= add(*static_cast<const XIDeviceEvent*>(cookie.data));
            XFreeEventData(display.get(), &cookie);
        }
        return any;
    }

    bool add(const XIDeviceEvent& event) {
        TouchEvent touch{};
        switch (event.evtype) {
            case XI_TouchBegin:
                touch.kind = TouchEvent::Kind::Begin;
                break;
            case XI_TouchUpdate:
                touch.kind = TouchEvent::Kind::Update;
                break;
            case XI_TouchEnd:
                touch.kind = TouchEvent::Kind::End;
                break;
            default:
                return false;
        }
        touch.finger = static_cast<std::uint64_t>(event.sourceid) << 32 |
                       static_cast<std::uint32_t>(event.detail);
        touch.x = static_cast<float>(event.event_x);
        touch.y = static_cast<float>(event.event_y);
        const std::lock_guard guard(mutex);
        queue.push_back(touch);
        return true;
    }

    void run() {
        std::array<pollfd, 2> sources = {
            {{ConnectionNumber(display.get()), POLLIN, 0}, {stop, POLLIN, 0}}};
        while ((sources[1].revents & POLLIN) == 0) {
            if (read_events()) wake();
            ::poll(sources.data(), sources.size(), -1);
        }
    }
};

TouchInput::TouchInput(std::unique_ptr<Data> data) : data_(std::move(data)) {}
TouchInput::~TouchInput() = default;

std::unique_ptr<TouchInput> TouchInput::create(unsigned long window, std::function<void()> wake) {
    auto data = std::make_unique<Data>();
    data->display.reset(XOpenDisplay(nullptr));
    data->wake = std::move(wake);
    data->stop = ::eventfd(0, EFD_CLOEXEC);
    if (!data->display || data->stop < 0 || !data->listen_to(window)) return nullptr;
    data->thread = std::thread([raw = data.get()] { raw->run(); });
    return std::unique_ptr<TouchInput>(new TouchInput(std::move(data)));
}

std::vector<TouchEvent> TouchInput::take() {
    const std::lock_guard guard(data_->mutex);
    return std::exchange(data_->queue, {});
}

}  // namespace machikoe
