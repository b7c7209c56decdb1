// HashRing
