/// A fault that was injected, with what was done to end it.
package struct FaultRecord: Codable, Sendable {
    package var number: Int
    package var kind: String
    package var text: String
    package var start: Double
    /// When it was undone, or was complete by itself.
    package var end: Double
    /// What it took to get back, in words.
    package var ending: String

    package init(number: Int, kind: String, text: String, start: Double, end: Double, ending: String) {
        self.number = number
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.ending = ending
    }
}
