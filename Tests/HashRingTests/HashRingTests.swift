import Testing
import HashRing
