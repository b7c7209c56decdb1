/// A fault that was injected, with what was done to end it.
package struct FaultRecord: Codable, Sendable {
    /// A node that no other could hear, nor it them.
    package struct Isolation: Codable, Sendable {
        package var node: String
        package var from: Double
        package var to: Double

        package init(node: String, from: Double, to: Double) {
            self.node = node
            self.from = from
            self.to = to
        }

        /// Whether the node was alone for the whole of a call.
        func holds(_ call: Call) -> Bool { call.node == node && call.start > from && call.end < to }
    }

    package var number: Int
    package var kind: String
    package var text: String
    package var start: Double
    /// When it was undone, or was complete by itself.
    package var end: Double
    /// What it took to get back, in words.
    package var ending: String
    package var isolation: Isolation?

    package init(number: Int, kind: String, text: String, start: Double, end: Double, ending: String) {
        self.number = number
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.ending = ending
    }
}
