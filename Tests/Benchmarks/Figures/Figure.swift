/// One measured number, with what it should be.
struct Figure: Sendable, Encodable {
    let name: String
    let value: Double
    let unit: String
    let goal: Goal?
    let meaning: String

    var holds: Bool {
        goal?.holds(value) ?? true
    }

    init(_ name: String, _ value: Double, _ unit: String, goal: Goal? = nil, _ meaning: String) {
        self.name = name
        self.value = value
        self.unit = unit
        self.goal = goal
        self.meaning = meaning
    }

    private enum CodingKeys: String, CodingKey {
        case name, value, unit, goal, holds
    }

    /// A figure without a goal is for orientation: its goal is null, and it holds.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode((value * 1000).rounded() / 1000, forKey: .value)
        try container.encode(unit, forKey: .unit)
        try container.encode(goal?.description, forKey: .goal)
        try container.encode(holds, forKey: .holds)
    }
}

/// What a figure should be.
enum Goal: Sendable, CustomStringConvertible {
    case atLeast(Double)
    case atMost(Double)

    func holds(_ value: Double) -> Bool {
        switch self {
        case .atLeast(let bound): value >= bound
        case .atMost(let bound): value <= bound
        }
    }

    var description: String {
        switch self {
        case .atLeast(let bound): ">= \(plain(bound))"
        case .atMost(let bound): "<= \(plain(bound))"
        }
    }
}

/// A number as a person writes it: whole from 100 on, else with up to three decimals.
func plain(_ value: Double) -> String {
    if value == value.rounded() || abs(value) >= 100 { return String(Int(value.rounded())) }
    let thousandths = Int((abs(value) * 1000).rounded())
    var decimals = String(thousandths % 1000)
    decimals = String(repeating: "0", count: 3 - decimals.count) + decimals
    while decimals.hasSuffix("0") { decimals.removeLast() }
    let sign = value < 0 ? "-" : ""
    return decimals.isEmpty ? "\(sign)\(thousandths / 1000)" : "\(sign)\(thousandths / 1000).\(decimals)"
}
