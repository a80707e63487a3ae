// Robot: lets one scripted resident after the other use a kiosk.
//
// It touches what it sees, through the same queue as a finger, and moves the clock by
// hand, so that visits last minutes by the kiosk's clock and milliseconds by yours.  Knows
// neither window nor outbox: whoever owns them puts them behind Scene.
//
// The same seed over the same content gives the same touches.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/robot/resident.h"

namespace machikoe {

/// The kiosk as a robot meets it; one frame after the other, at the clock's time.
class Scene {
  public:
    virtual ~Scene() = default;
    virtual void touch(PointerEvent event) = 0;
    virtual void frame() = 0;
    virtual const Visit& visit() const = 0;
    virtual const std::vector<Node>& nodes() const = 0;
};

struct RobotStatistics {
    int visits = 0;
    int finished = 0;   // was thanked
    int abandoned = 0;  // walked away; the kiosk forgot
    int quit = 0;       // ended the visit, or had nothing to say
    std::int64_t touches = 0;
    std::map<Language, int> finished_in;
    std::map<std::string, int> seen;  // screens and overlays by name: visits that saw them
};

class Robot {
  public:
    /// REQUIRES: scene and clock outlive the robot; the scene shows Attract.
    Robot(Scene& scene, ManualClock& clock, std::uint64_t seed, Crowd crowd = Crowd::PassersBy);

    /// One touch, or one pause where there is nothing to do.  When the visit has ended the
    /// next resident steps up.  Corrupt when somebody is stuck: the message names the screen
    /// and every node on it, never an answer.
    Status act();
    /// Acts until one more visit has ended.
    Status visit();

    const RobotStatistics& statistics() const { return statistics_; }

  private:
    void step_up();
    Status pause();
    void carry_out(const Touch& touch);
    void tap(float x, float y);
    void pass(Milliseconds time);
    void look();
    void end_visit();
    tl::unexpected<Error> stuck(const std::string& what) const;

    Scene& scene_;
    ManualClock& clock_;
    Dice dice_;
    Crowd crowd_;
    std::unique_ptr<Resident> resident_;
    bool has_begun_ = false;  // Attract has been left …
    bool has_ended_ = false;  // … and has come again
    bool was_thanked_ = false;
    Language language_ = Language::Ja;
    std::map<std::string, int> seen_;  // in this visit
    int acts_ = 0;                     // in this visit
    Milliseconds waited_{0};           // since the last touch
    RobotStatistics statistics_;
};

}  // namespace machikoe
