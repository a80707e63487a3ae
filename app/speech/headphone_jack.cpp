#include "app/speech/headphone_jack.h"

#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <utility>

namespace machikoe {
namespace {

constexpr std::size_t kWordBits = sizeof(unsigned long) * 8;
template <std::size_t bits>
using Bits = std::array<unsigned long, bits / kWordBits + 1>;

template <std::size_t bits>
bool is_set(const Bits<bits>& words, std::size_t bit) {
    return (words[bit / kWordBits] >> bit % kWordBits & 1) != 0;
}

class KernelQueries final : public InputQueries {
  public:
    bool has_headphone_switch(int device) const override {
        Bits<SW_MAX> switches{};
        return ::ioctl(device, EVIOCGBIT(EV_SW, sizeof switches), switches.data()) >= 0 &&
               is_set<SW_MAX>(switches, SW_HEADPHONE_INSERT);
    }
    bool is_headphone_switch_on(int device) const override {
        Bits<SW_MAX> switches{};
        return ::ioctl(device, EVIOCGSW(sizeof switches), switches.data()) >= 0 &&
               is_set<SW_MAX>(switches, SW_HEADPHONE_INSERT);
    }
    bool has_key(int device, int code) const override {
        Bits<KEY_MAX> keys{};
        return ::ioctl(device, EVIOCGBIT(EV_KEY, sizeof keys), keys.data()) >= 0 &&
               is_set<KEY_MAX>(keys, static_cast<std::size_t>(code));
    }
    bool is_key_down(int device, int code) const override {
        Bits<KEY_MAX> keys{};
        return ::ioctl(device, EVIOCGKEY(sizeof keys), keys.data()) >= 0 &&
               is_set<KEY_MAX>(keys, static_cast<std::size_t>(code));
    }
};

bool is_key_code(int code) {
    return code > KEY_RESERVED && code <= KEY_MAX;
}

}  // namespace

const InputQueries& kernel_queries() {
    static const KernelQueries queries;
    return queries;
}

Status check(const JackSettings& settings) {
    const auto& [folder, plugged, unplugged] = settings;
    if ((plugged && !is_key_code(*plugged)) || (unplugged && !is_key_code(*unplugged)))
        return fail(ErrorCode::Invalid, "the code of a jack's key is between 1 and 767");
    if (unplugged && !plugged)
        return fail(ErrorCode::Invalid, "a key for unplugging needs one for plugging in");
    if (unplugged && *unplugged == *plugged)
        return fail(ErrorCode::Invalid, "plugging in and unplugging are the same key");
    return {};
}

OwnedDescriptor::OwnedDescriptor(OwnedDescriptor&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

OwnedDescriptor& OwnedDescriptor::operator=(OwnedDescriptor&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

OwnedDescriptor::~OwnedDescriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

HeadphoneJack::HeadphoneJack(JackSettings settings, const InputQueries& queries)
    : settings_(std::move(settings)),
      queries_(queries),
      folder_news_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    assert(check(settings_));
    // Attributes, too: a new device is root's alone until udev has been there.
    ::inotify_add_watch(folder_news_.get(), settings_.folder.c_str(),
                        IN_CREATE | IN_ATTRIB | IN_DELETE | IN_MOVED_TO);
    look_around();
}

void HeadphoneJack::look_around() {
    denied_.clear();
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(settings_.folder, error))
        if (entry.path().filename().string().starts_with("event")) try_device(entry.path());
    std::sort(denied_.begin(), denied_.end());
}

void HeadphoneJack::try_device(const std::filesystem::path& path) {
    if (devices_.contains(path.string())) return;
    Device device{OwnedDescriptor(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC))};
    const int descriptor = device.descriptor.get();
    if (descriptor < 0) {
        if (errno == EACCES || errno == EPERM) denied_.push_back(path.string());
        return;
    }
    device.has_switch = queries_.has_headphone_switch(descriptor);
    const bool has_key =
        settings_.plugged_key && queries_.has_key(descriptor, *settings_.plugged_key);
    if (!device.has_switch && !has_key) return;
    device.is_plugged_in = state_of(device);
    devices_.emplace(path.string(), std::move(device));
}

bool HeadphoneJack::state_of(const Device& device) const {
    const int descriptor = device.descriptor.get();
    if (device.has_switch) return queries_.is_headphone_switch_on(descriptor);
    // With two keys neither stays down: what was heard last is all that is known.
    if (settings_.unplugged_key) return device.is_plugged_in;
    return queries_.is_key_down(descriptor, *settings_.plugged_key);
}

bool HeadphoneJack::is_plugged_in() const {
    return std::any_of(devices_.begin(), devices_.end(),
                       [](const auto& entry) { return entry.second.is_plugged_in; });
}

Status HeadphoneJack::status() const {
    if (!devices_.empty()) return {};
    if (denied_.empty())
        return fail(ErrorCode::NotFound, settings_.folder.string() +
                                             ": no device tells whether headphones are plugged in");
    return fail(ErrorCode::Denied,
                denied_.front() +
                    ": may not be read (the kiosk's user must be in the group \"input\"), nor " +
                    std::to_string(denied_.size() - 1) + " others");
}

void HeadphoneJack::wait(Milliseconds at_most, int wake) {
    std::vector<pollfd> waiting{{wake, POLLIN, 0}, {folder_news_.get(), POLLIN, 0}};
    for (const auto& [path, device] : devices_)
        waiting.push_back({device.descriptor.get(), POLLIN, 0});
    if (::poll(waiting.data(), waiting.size(), static_cast<int>(at_most.count())) <= 0) return;
    bool has_news = waiting[1].revents != 0;
    std::size_t index = 2;
    for (auto entry = devices_.begin(); entry != devices_.end(); ++index) {
        const bool is_there = waiting[index].revents == 0 || read_device(entry->second);
        entry = is_there ? std::next(entry) : devices_.erase(entry);
        // Another one may have taken its name before this one was seen to be gone.
        has_news = has_news || !is_there;
    }
    if (!has_news) return;
    alignas(inotify_event) std::array<char, 4096> news;
    while (::read(folder_news_.get(), news.data(), news.size()) > 0) {
    }
    look_around();
}

bool HeadphoneJack::read_device(Device& device) const {
    std::array<input_event, 64> events;
    for (;;) {
        const ssize_t size = ::read(device.descriptor.get(), events.data(), sizeof events);
        if (size == 0) return false;
        if (size < 0) return errno == EAGAIN || errno == EINTR;
        // The kernel gives whole events; less than one is nothing.
        const auto count = static_cast<std::size_t>(size) / sizeof events[0];
        for (std::size_t i = 0; i < count; ++i) take_in(device, events[i]);
    }
}

void HeadphoneJack::take_in(Device& device, const input_event& event) const {
    if (event.type == EV_SYN && event.code == SYN_DROPPED) {  // events were lost: ask
        device.is_plugged_in = state_of(device);
    } else if (event.type == EV_SW && event.code == SW_HEADPHONE_INSERT && device.has_switch) {
        device.is_plugged_in = event.value != 0;
    } else if (event.type == EV_KEY && !device.has_switch) {
        constexpr int kReleased = 0, kPressed = 1;  // 2: held down
        if (event.code == settings_.plugged_key) {
            if (event.value == kPressed) device.is_plugged_in = true;
            if (event.value == kReleased && !settings_.unplugged_key) device.is_plugged_in = false;
        } else if (event.code == settings_.unplugged_key && event.value == kPressed) {
            device.is_plugged_in = false;
        }
    }
}

}  // namespace machikoe
