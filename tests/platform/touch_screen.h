// TouchScreen: a real X server (Xorg with the dummy driver) whose touch screen is a socket.
//
// Fingers go through the whole of the server's input: grabs, ownership, emulated pointers.  Where
// Xorg cannot run, ready() is false.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <xorg/xf86-input-inputtest-protocol.h>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "app/platform/fingers.h"
#include "tests/platform/virtual_display.h"

namespace machikoe {

class TouchScreen {
  public:
    static constexpr int kWidth = 1024, kHeight = 768;

    explicit TouchScreen(std::filesystem::path folder)
        : folder_(std::move(folder)), display_(command()) {
        touch_ = connect("touch.socket");
        mouse_ = connect("mouse.socket");
    }
    ~TouchScreen() {
        if (touch_ >= 0) ::close(touch_);
        if (mouse_ >= 0) ::close(mouse_);
    }
    TouchScreen(const TouchScreen&) = delete;
    TouchScreen& operator=(const TouchScreen&) = delete;

    bool ready() const { return touch_ >= 0 && mouse_ >= 0; }
    const std::string& name() const { return display_.name(); }

    void touch(TouchEvent::Kind kind, std::uint32_t finger, float x, float y) {
        constexpr std::uint32_t kTouchBegin = 18;  // XI_TouchBegin; Update and End follow
        xf86ITEventTouch event{};
        event.header = {sizeof event, XF86IT_EVENT_TOUCH};
        event.touchid = finger;
        event.touch_type = kTouchBegin + static_cast<std::uint32_t>(kind);
        put(event.valuators, 0, x / kWidth * 65536);
        put(event.valuators, 1, y / kHeight * 65536);
        send(touch_, event);
    }
    void mouse_button(bool pressed) {
        xf86ITEventButton event{};
        event.header = {sizeof event, XF86IT_EVENT_BUTTON};
        event.button = 1;
        event.is_press = pressed;
        send(mouse_, event);
    }

  private:
    std::vector<std::string> command() {
        const std::filesystem::path config = folder_ / "xorg.conf";
        std::ofstream(config) << R"(
Section "ServerFlags"
    Option "AutoAddDevices" "false"
    Option "AutoEnableDevices" "false"
    Option "DontVTSwitch" "true"
EndSection
Section "Device"
    Identifier "card"
    Driver "dummy"
    VideoRam 32768
EndSection
Section "Monitor"
    Identifier "monitor"
    HorizSync 5-200
    VertRefresh 5-200
EndSection
Section "Screen"
    Identifier "screen"
    Device "card"
    Monitor "monitor"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Modes "1024x768" "800x600"
        Virtual 1024 768
    EndSubSection
EndSection
)" << device("touch", "Touch") << device("mouse", "Pointer")
                              << R"(
Section "ServerLayout"
    Identifier "layout"
    Screen "screen"
    InputDevice "touch"
    InputDevice "mouse" "CorePointer"
EndSection
)";
        return {"/usr/lib/xorg/Xorg", "-config",   config,       "-logfile",
                folder_ / "xorg.log", "-nolisten", "tcp",        "-noreset",
                "-sharevts",          "-keeptty",  "-novtswitch"};
    }

    std::string device(const std::string& name, const std::string& type) const {
        return "Section \"InputDevice\"\n    Identifier \"" + name +
               "\"\n    Driver \"inputtest\"\n    Option \"SocketPath\" \"" +
               (folder_ / (name + ".socket")).string() + "\"\n    Option \"DeviceType\" \"" + type +
               "\"\nEndSection\n";
    }

    int connect(const std::string& name) const {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string path = folder_ / name;
        if (display_.name().empty() || path.size() >= sizeof address.sun_path) return -1;
        std::strcpy(address.sun_path, path.c_str());
        for (int i = 0; i < 50; ++i) {
            const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
            if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
                const timeval limit{5, 0};
                ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
                xf86ITEventClientVersion version{};
                version.header = {sizeof version, XF86IT_EVENT_CLIENT_VERSION};
                version.major = XF86IT_PROTOCOL_VERSION_MAJOR;
                version.minor = XF86IT_PROTOCOL_VERSION_MINOR;
                xf86ITResponseServerVersion answer{};
                if (::write(socket, &version, sizeof version) == sizeof version &&
                    ::read(socket, &answer, sizeof answer) == sizeof answer) {
                    return socket;
                }
            }
            ::close(socket);
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return -1;
    }

    static void put(xf86ITValuatorData& data, int axis, double value) {
        data.mask[0] |= static_cast<std::uint8_t>(1 << axis);
        data.valuators[axis] = value;
    }

    /// Returns when the server has worked on it.
    template <class Event>
    static void send(int socket, const Event& event) {
        xf86ITEventWaitForSync wait{{sizeof wait, XF86IT_EVENT_WAIT_FOR_SYNC}};
        xf86ITResponseSyncFinished answer{};
        if (::write(socket, &event, sizeof event) != sizeof event ||
            ::write(socket, &wait, sizeof wait) != sizeof wait) {
            return;
        }
        while (::read(socket, &answer, sizeof answer) == sizeof answer &&
               answer.header.type != XF86IT_RESPONSE_SYNC_FINISHED) {
        }
    }

    std::filesystem::path folder_;
    VirtualDisplay display_;
    int touch_ = -1, mouse_ = -1;
};

}  // namespace machikoe
