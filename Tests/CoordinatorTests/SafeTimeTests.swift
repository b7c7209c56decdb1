import Consensus
import Coordinator
import Testing

@Suite("Up to when a replica is known to be complete")
struct SafeTimeTests {
    private func word(_ index: UInt64, at seconds: Int) -> SafeTime.Word {
        SafeTime.Word(index: LogIndex(index), moment: .seconds(seconds))
    }

    @Test("nothing is known before anything was heard")
    func silent() {
        #expect(SafeTime().moment(handedOut: LogIndex(9)) == nil)
    }

    @Test("a word counts once its entry is there, with the moment that it speaks of")
    func reached() {
        var time = SafeTime()
        time.learn(word(5, at: 10), handedOut: LogIndex(4))
        #expect(time.moment(handedOut: LogIndex(4)) == nil)
        #expect(time.moment(handedOut: LogIndex(5)) == .seconds(10))
    }

    @Test("an earlier moment that is heard late takes nothing away")
    func late() {
        var time = SafeTime()
        time.learn(word(5, at: 10), handedOut: LogIndex(5))
        time.learn(word(3, at: 8), handedOut: LogIndex(5))
        #expect(time.moment(handedOut: LogIndex(5)) == .seconds(10))
    }

    @Test("a replica that is always a little behind still moves on")
    func underLoad() {
        var time = SafeTime()
        for step in 1...100 {
            time.learn(word(UInt64(10 * step), at: step), handedOut: LogIndex(UInt64(10 * step - 5)))
        }
        #expect(time.moment(handedOut: LogIndex(995)) == .seconds(99))
    }

    @Test("one that stands still gets no younger, whatever it hears")
    func standsStill() {
        var time = SafeTime()
        time.learn(word(5, at: 10), handedOut: LogIndex(5))
        for step in 11...50 { time.learn(word(UInt64(step), at: step), handedOut: LogIndex(5)) }
        #expect(time.moment(handedOut: LogIndex(5)) == .seconds(10))
    }
}
