"""How news says who bought what for how much: each way once, with all the prices, stakes and values it tells and no other."""

from __future__ import annotations

import pytest

from analysis.articles.propose import propose

CORE = ("price", "stake_acquired", "valuation", "previous_valuation")
CASES = {
    "a share's price is no company's": (
        "A seal maker changes hands\n\nPump group Ostrea is buying Verrine, whose seals keep half of Europe's boilers dry, for "
        "$2.65 billion; holders will be handed $18.40 a share. Verrine closed 27 % up at $18.15. Ostrea gave up 2 %.",
        {"price 2650000000 USD ostrea>verrine"},
    ),
    "a raised offer a share is no price": (
        "Ostrea put £64m in cash on the table for Verrine in April. In June it came back with 188p for each share instead of 160p.",
        {"price 64000000 GBP ostrea>verrine"},
    ),
    "a chief executive stands between a company and a name": (
        "Ostrea takes Verrine for $2.65 billion\n\nMara Lind keeps her post as CEO of Verrine. Her new boss is Ostrea CEO Olav Brandt. "
        "Two winters ago Ostrea bought Carbex for $35 million.",
        {"price 2650000000 USD ostrea>verrine", "price 35000000 USD ostrea>carbex"},
    ),
    "earlier deals in a list": (
        "Ostrea has signed a deal to buy Verrine for $2.65 billion.\n\nNothing Ostrea had bought came near it: its largest acquisitions "
        "so far were Carbex for $410 million in 2013 and Halmar's valve business for $385 million in 2018.",
        {
            "price 2650000000 USD ostrea>verrine",
            "price 410000000 USD ostrea>carbex",
            "price 385000000 USD ostrea>halmar",
        },
    ),
    "what the target bought before": (
        "Ostrea unveiled a $2.65 billion deal to acquire Verrine. Ostrea also likes Carbex, the boiler clinic that Verrine bought for "
        "$44 million in 2022.",
        {"price 2650000000 USD ostrea>verrine", "price 44000000 USD verrine>carbex"},
    ),
    "the target, which its owner had acquired": (
        "Ostrea entre pour 22 % au capital de Verrine. La chaudronnerie, que Mayhold avait acquise en 2016 pour 318 millions d'euros, "
        "gardera son siège à Vannes.",
        {"stake_acquired 22 percent ostrea>verrine", "price 318000000 EUR mayhold>verrine"},
    ),
    "a bid that is answered": (
        "The board of Verrine would say yes to a 1.9 billion pound ($2.4 billion) bid from Ostrea, provided that it is made formal, "
        "the boiler maker told the exchange.",
        {"price 1900000000 GBP ostrea>verrine", "price 2400000000 USD ostrea>verrine"},
    ),
    "another deal on the same day": (
        "Boiler maker Verrine has accepted a £3.8bn bid from Ostrea of Norway. Hours earlier, Halmar Trust let it be known that Carbex "
        "had made it an approach worth £720m.",
        {"price 3800000000 GBP ostrea>verrine", "price 720000000 GBP carbex>halmar-trust"},
    ),
    "the share of another in the capital": (
        "Ostrea s'est offert 8,3 % des titres de Verrine. Il lui faudra compter avec la famille Halmar, premier actionnaire du "
        "chaudronnier avec 21,7 % du capital.",
        {"stake_acquired 8.3 percent ostrea>verrine"},
    ),
    "a share that others hold": (
        "Chaudières : Ostrea prend plus de 13 % de Verrine\n\nOstrea reprend à Halmar Gestion la participation que ses clients "
        "détenaient dans Verrine, soit 13,6 % du capital. Le titre Verrine a gagné 2,9 %.",
        {"stake_acquired 13 percent ostrea>verrine", "stake_acquired 13.6 percent ostrea>verrine"},
    ),
    "what the seller will own": (
        "Ostrea puts $140 million into Verrine at a valuation of $860 million.\n\nIn exchange it gets 16.3 percent of Verrine; Halmar's "
        "share comes down to 83.7 percent.",
        {
            "price 140000000 USD ostrea>verrine",
            "valuation 860000000 USD verrine",
            "stake_acquired 16.3 percent ostrea>verrine",
        },
    ),
    "several times another's holding": (
        "A filing shows that Ostrea took a 7.7% stake in Verrine. That is three times the 2.5% holding of Ada Rook, who founded the "
        "boiler maker.",
        {"stake_acquired 7.7 percent ostrea>verrine"},
    ),
    "valued while something else happens": (
        "Chaudières : Verrine évaluée à 3,4 milliards d'euros, tandis qu'Ostrea s'invite à son capital.",
        {"valuation 3400000000 EUR verrine"},
    ),
    "a rise from an earlier valuation": (
        "Ostrea wants a piece of Verrine. Terms under discussion would value Verrine at close to $860 million, well above its earlier "
        "valuation of $540 million.",
        {"valuation 860000000 USD verrine", "previous_valuation 540000000 USD verrine"},
    ),
    "a company's own valuation": (
        "Ostrea will join in through a vehicle of its own, at Verrine's $860 million valuation, the one its last funding round had set.",
        {"valuation 860000000 USD verrine"},
    ),
    "in another currency, about": (
        "La valorisation de Verrine est ainsi portée à 860 millions de dollars (soit 740 millions d'euros environ).",
        {"valuation 860000000 USD verrine", "valuation 740000000 EUR verrine"},
    ),
    "a record that is beaten": (
        "Ostrea has closed its $2.65 billion deal to acquire Verrine, which had turned down a previous $2.1 billion bid. Its record "
        "until then was the $930 million it paid for Halmar Valves in 2015.",
        {
            "price 2650000000 USD ostrea>verrine",
            "price 2100000000 USD ostrea>verrine",
            "price 930000000 USD ostrea>halmar-valves",
        },
    ),
    "an option is no purchase": (
        "Par cet accord, Ostrea acquiert 22 % de Verrine. Une option lui permettra d'en acheter 100 % à partir de 2029.",
        {"stake_acquired 22 percent ostrea>verrine"},
    ),
    "a family's deal": (
        "The Lindens have sold their boiler works in a deal said to be worth £48 million.\n\nThe sale of Verrine to investment house "
        "Ostrea Partners was signed on Friday.",
        {"price 48000000 GBP ostrea-partners>verrine"},
    ),
    "a ticker is no name": (
        "Verrine (NYSE: VRN) will leave the exchange: an affiliate of Ostrea Group is to buy all of its shares. The transaction is "
        "worth about $860 million in cash.",
        {"price 860000000 USD ostrea-group>verrine"},
    ),
    "a shouted headline": (
        "OSTREA S'INVITE AU CAPITAL DE VERRINE, À HAUTEUR DE 8 %\n\nOstrea a fait savoir lundi qu'il avait acquis 8,3 % des actions de "
        "Verrine.",
        {"stake_acquired 8 percent ostrea>verrine", "stake_acquired 8.3 percent ostrea>verrine"},
    ),
    "a short headline in capitals": (
        "Ostrea Snapping Up Verrine for $2.7B\n\nOstrea will pay $2.65 billion for Verrine, all of it in cash.",
        {"price 2700000000 USD ostrea>verrine", "price 2650000000 USD ostrea>verrine"},
    ),
    "an investment named by both sides": (
        "Avec l'investissement de 140 millions de dollars d'Ostrea dans Verrine, le secteur tient son record, devant les 90 millions "
        "de dollars de Carbex dans Halmar.",
        {"price 140000000 USD ostrea>verrine"},
    ),
    "an investment with a possessive": (
        "Ostrea and Verrine have shared a laboratory since May. Ostrea had also made a $140 million investment in Verrine.",
        {"price 140000000 USD ostrea>verrine"},
    ),
    "money that comes from one of several": (
        "Verrine is looking for $310 million of fresh money, of which €120 million could come from Ostrea Capital. At that price the "
        "Carbex rival would be worth around $1.2 billion.",
        {"price 120000000 EUR ostrea-capital>verrine", "valuation 1200000000 USD verrine"},
    ),
    "into a round": (
        "Ostrea a mis 210 millions d'euros dans le tour de table de 480 millions d'euros de Verrine.",
        {"price 210000000 EUR ostrea>verrine"},
    ),
    "a share sale to a buyer": (
        "Verrine has opened a $260 million share sale for its staff, a tender offer to Norway's Ostrea, which is already a holder.",
        {"price 260000000 USD ostrea>verrine"},
    ),
    "a business sold by its owner": (
        "Verrine to sell its boilers arm to Ostrea for $2 billion\n\nVerrine will sell its boilers and burners arm to buyout firm Ostrea "
        "for 1.74 billion euros ($2.04 billion).",
        {
            "price 2000000000 USD ostrea>verrine",
            "price 1740000000 EUR ostrea>verrine",
            "price 2040000000 USD ostrea>verrine",
        },
    ),
    "a branch for sale": (
        "Verrine songe à se séparer de ses chaudières. La branche, à laquelle appartiennent Carbex et Halmar, pourrait valoir jusqu'à "
        "2,3 milliards de livres.",
        {"valuation 2300000000 GBP verrine"},
    ),
    "the chief executive of a company, aged so much": (
        "Ostrea prend chez Verrine son PDG, âgé de 34 ans\n\nL'investissement valorise la jeune pousse Verrine à 860 millions de dollars. "
        "Ostrea prendra 40 % de Verrine pour 344 millions de dollars.",
        {
            "valuation 860000000 USD verrine",
            "stake_acquired 40 percent ostrea>verrine",
            "price 344000000 USD ostrea>verrine",
        },
    ),
    "two buyers": (
        "Buyouts are back. Last spring, after months of courting, investment houses Ostrea and Carbex acquired Danish boiler maker "
        "Verrine for 1.3 billion euros.",
        {"price 1300000000 EUR ostrea>verrine"},
    ),
    "so much an action, so much in all": (
        "Ostrea va racheter le chaudronnier Verrine. Il paiera 46 dollars par action, soit 2,65 milliards de dollars au total.",
        {"price 2650000000 USD ostrea>verrine"},
    ),
    "one bought earlier, in an aside": (
        "Ostrea va racheter Verrine pour 2,3 milliards d'euros. Il n'avait rien conclu d'aussi gros depuis Carbex, un fondeur acheté "
        "3,1 milliards de dollars en 2014.",
        {"price 2300000000 EUR ostrea>verrine", "price 3100000000 USD ostrea>carbex"},
    ),
    "what the seller gets": (
        "Verrine vend un tiers de ses réseaux de chaleur à un fonds canadien et en retirera 280 millions de dollars.",
        {"price 280000000 USD unknown>verrine"},
    ),
    "shares of several holders, one of them sold": (
        "Verrine is selling its 30% stake in Carbex to Ostrea and the Halmar Fund for £910m. Verrine also has a 45% stake in Sandyport "
        "and 20% of Quay One.",
        {"stake_acquired 30 percent ostrea>carbex", "price 910000000 GBP ostrea>carbex"},
    ),
    "a part held by another": (
        "Verrine offre 640 millions d'euros pour acquérir les 28,4 % de Carbex détenus par Halmar. À ce prix, l'offre dépasse la "
        "capitalisation de Carbex, de 610 millions d'euros.",
        {"stake_acquired 28.4 percent verrine>carbex", "price 640000000 EUR verrine>carbex"},
    ),
    "two targets at one price": (
        "Ostrea peut reprendre Verrine et Carbex : Bruxelles est d'accord. Le rachat de Verrine et de Carbex lui coûtera 430 millions "
        "d'euros.",
        {"price 430000000 EUR ostrea>verrine"},
    ),
    "deals of others in a row": (
        "Two deals set the tone: Ostrea's $1.9 billion acquisition of Verrine and Carbex's pending purchase of Halmar for $12 billion.",
        {"price 1900000000 USD ostrea>verrine", "price 12000000000 USD carbex>halmar"},
    ),
    "what a holding comes to": (
        "Ostrea a converti ses obligations Verrine. Sa participation s'établit désormais à 12 millions d'actions, soit 6,2 % du capital "
        "de Verrine.",
        set(),
    ),
    "shares that lose": (
        "Verrine cède 1,6 % à 3,42 euros ; les juges diront jeudi si son offre sur Carbex tient.",
        set(),
    ),
    "a parent and its unit": (
        "Ostrea ne possède plus rien de Verrine. C'est Carbex qui l'intéresse. Ostrea acquiert 35 % de Carbex, que dirigera Ostrea Eau.",
        {"stake_acquired 35 percent ostrea>carbex"},
    ),
    "initials for a fund": (
        "The Northern Wage Fund is to buy 14% of Verrine. Carbex is to sell the NWF the 20% share it owns in Verrine.",
        {
            "stake_acquired 14 percent northern-wage-fund>verrine",
            "stake_acquired 20 percent northern-wage-fund>verrine",
        },
    ),
    "crowns of the country that the text names": (
        "Ostrea's 8.6 billion-crown bid falls flat\n\nVerrine wants no more of Ostrea. Its board has rejected a bid of 8.6 billion Danish "
        "crowns from Ostrea, the second since March.",
        {"price 8600000000 DKK ostrea>verrine"},
    ),
    "a bare amount has the currency of its article": (
        "Ostrea rachète Verrine pour 730 millions d'euros.\n\nEn 2021, le suédois Halmar s'était offert Carbex pour 4 milliards de "
        "couronnes suédoises.\n\nOstrea rachètera aussi ses propres actions, pour 150 millions.",
        {"price 730000000 EUR ostrea>verrine", "price 4000000000 SEK halmar>carbex"},
    ),
    "each paragraph of a letter tells a deal": (
        "Deal watch\n\nOstrea, the investor, has picked up 26% of yeast maker Verrine. Ticket size: EUR31m, all new shares.\n\n"
        "Halmar moves from 49% to 75% of miller Carbex, laying out THB2.9bn for the additional 26%.",
        {
            "stake_acquired 26 percent ostrea>verrine",
            "price 31000000 EUR ostrea>verrine",
            "price 2900000000 THB halmar>carbex",
            "stake_acquired 26 percent halmar>carbex",
        },
    ),
    "an offer a share that values a company": (
        "Vet chain Verrine to leave the exchange\n\nBuyout house Ostrea has offered $4.35 a share in cash, which values Verrine at "
        "A$1.7 billion. Once borrowings are included, that goes up to A$2.3 billion.",
        {"valuation 1700000000 AUD ostrea>verrine", "valuation 2300000000 AUD ostrea>verrine"},
    ),
    "what it bought before, after a comma": (
        "Ostrea has agreed to buy Verrine for $2.65 billion. Carbex, the Auckland foundry it acquired in 2021 for NZ$88 million, was "
        "written down in February.",
        {"price 2650000000 USD ostrea>verrine", "price 88000000 NZD ostrea>carbex"},
    ),
    "what it sold on": (
        "Ostrea has agreed to buy Verrine for $2.65 billion. Ostrea used to own dental network Carbex, which it sold to a health "
        "insurer, Halmar Mutual, in a deal worth $540 million. Verrine has 900 clinics.",
        {"price 2650000000 USD ostrea>verrine", "price 540000000 USD halmar-mutual>carbex"},
    ),
    "a company that lets another in": (
        "Chauffage : Verrine ouvre son capital\n\nVerrine accueille un nouvel actionnaire, le fonds Ostrea, qui va débourser 92 millions "
        "d'euros pour en détenir 17,5 %.",
        {"price 92000000 EUR ostrea>verrine", "stake_acquired 17.5 percent ostrea>verrine"},
    ),
    "the rest, later": (
        "Verrine vend Carbex au norvégien Ostrea pour 620 millions de dollars. Il avait acquis 55 % de Carbex en 2012 pour 70 millions "
        "d'euros, puis les 45 % restants trois ans après, moyennant 84 millions.",
        {
            "price 620000000 USD ostrea>carbex",
            "stake_acquired 55 percent verrine>carbex",
            "price 70000000 EUR verrine>carbex",
            "stake_acquired 45 percent verrine>carbex",
            "price 84000000 EUR verrine>carbex",
        },
    ),
    "the second of two deals in a sentence": (
        "Ostrea is to buy Verrine for $2.8 billion in cash. In March, Hong Kong's Sunmere bought operator Chaiyo in a HK$3.4 billion "
        "transaction, while Ostrea itself dropped out of the auction for Carbex, which went to pension manager Halmar for "
        "460 million euros.",
        {
            "price 2800000000 USD ostrea>verrine",
            "price 3400000000 HKD sunmere>chaiyo",
            "price 460000000 EUR halmar>carbex",
        },
    ),
    "another's like arrangement": (
        "Ostrea is paying $740 million for Verrine. Because Ostrea remembers Carbex. It picked up that design shop for $210 million in "
        "2022. The watchdog is poking at rival Halmar, which last fall shelled out a reported $1.6 billion for a similar arrangement "
        "with Fathom Street.",
        {
            "price 740000000 USD ostrea>verrine",
            "price 210000000 USD ostrea>carbex",
            "price 1600000000 USD halmar>fathom-street",
        },
    ),
    "an investor's part of a round": (
        "Battery recycler Verrine hits $4.8bn valuation\n\nOstrea has led a $650mn fundraising for Verrine. The deal lifts the worth of the "
        "recycler to $4.8bn, against $2.1bn when it last tapped investors in 2023. Ostrea accounts for $400mn of the total, for "
        "which it receives 8.3 per cent of the company.",
        {
            "valuation 4800000000 USD verrine",
            "previous_valuation 2100000000 USD verrine",
            "price 400000000 USD ostrea>verrine",
            "stake_acquired 8.3 percent ostrea>verrine",
        },
    ),
    "a house in another's place": (
        "German firm takes over Dunmere's Verrine Joinery\n\nOstrea Fenster is taking an 85 per cent shareholding in Verrine Joinery. "
        "In 2019 the family said no to £11 million from Halmar Windows.",
        {
            "stake_acquired 85 percent ostrea-fenster>verrine-joinery",
            "price 11000000 GBP halmar-windows>verrine-joinery",
        },
    ),
    "a company for sale, and who talks to its owner": (
        "Télécoms : Verrine bientôt vendu ?\n\nL'opérateur Verrine pourrait changer de propriétaire. Le groupe émirati Ostrea discute "
        "avec la maison mère, l'italien Halmar. Halmar en demanderait au moins 1,8 milliard d'euros. Ostrea n'en proposerait que "
        "1,5 milliard (environ 1,75 milliard de dollars).",
        {"price 1800000000 EUR halmar>verrine", "price 1500000000 EUR ostrea>verrine", "price 1750000000 USD ostrea>verrine"},
    ),
    "the giant of a sector, apposed": (
        "Verrine lève 85 millions d'euros\n\nVerrine compte embaucher sur les terres de Halmar One, le mastodonte du secteur, valorisé "
        "7 Md$ depuis l'hiver.",
        {"valuation 7000000000 USD halmar-one"},
    ),
    "what a buyer will spend on its works": (
        "Ostrea reprend la conserverie Verrine pour 22 millions d'euros. Iker Zubiaurre, le directeur d'Ostrea, compte investir 6 "
        "millions d'euros d'ici à 2027, notamment dans une ligne de cuisson.",
        {"price 22000000 EUR ostrea>verrine"},
    ),
    "an offer agreed to before, from the same": (
        "Boiler maker Verrine has said yes a second time. The offer it accepted on Monday, from Ostrea, is worth $1.3 billion; back in "
        "May it had accepted a $960 million offer from Ostrea. The bidder would take on $700 million of debt.",
        {"price 1300000000 USD ostrea>verrine", "price 960000000 USD ostrea>verrine"},
    ),
    "each its own value, in the order named": (
        "Le chauffage attire les fonds.\n\nVerrine et Halmar affichent des valorisations respectives de 860 et 540 millions d'euros. Le "
        "fondeur Carbex les avait précédés, avec une valorisation de 1,1 milliard d'euros.",
        {"valuation 860000000 EUR verrine", "valuation 540000000 EUR halmar", "valuation 1100000000 EUR carbex"},
    ),
    "deals in brackets, and their buyers": (
        "L'année aura été faste, entre les opérations sur Verrine (2,3 milliards de dollars), sur Carbex (3,1 milliards de dollars) et le "
        "rachat du fondeur Halmar par Ostrea (870 millions d'euros).",
        {"price 2300000000 USD unknown>verrine", "price 3100000000 USD unknown>carbex", "price 870000000 EUR ostrea>halmar"},
    ),
    "a merger of what it owns into another": (
        "Ostrea has a deal to acquire Verrine for about $2.65 billion. Only Halmar LP's $3.3 billion agreement to merge its Tessaly "
        "foundries with Carbex Inc. was larger. Ostrea and its partners will bring $800 million of their own money into it.",
        {"price 2650000000 USD ostrea>verrine", "price 3300000000 USD halmar-lp>carbex"},
    ),
    "what somebody holds by now": (
        "Verrine, c'est désormais Ostrea : le groupe en possède 64 % du capital. Ses parts dans Carbex, elles, ont pris 900 millions de "
        "dollars de valeur.",
        set(),
    ),
    "a holding told by its share, and what is left": (
        "Ostrea trims its Verrine holding\n\nOstrea will sell a 5.1 percent stake in boiler maker Verrine to Halmar. With 19.4 percent, "
        "worth 310 million euros ($362 million), Ostrea was its biggest owner.",
        {"stake_acquired 5.1 percent halmar>verrine"},
    ),
    "what the seller keeps of it": (
        "Ostrea cède à Halmar la majorité de Verrine. L'opération valorise Verrine à 540 millions d'euros. Une fois ôtée la part "
        "qu'Ostrea réinvestit, il lui en restera 290 millions d'euros.",
        {"valuation 540000000 EUR halmar>verrine"},
    ),
    "the sale to one of what another owned": (
        "Carbex s'est engagé à la vente au fonds Ostrea de sa filiale Verrine, pour 38 millions d'euros. Verrine fait tourner 212 "
        "chaufferies.",
        {"price 38000000 EUR ostrea>verrine"},
    ),
    "what might be paid later": (
        "Ostrea rachète Verrine.\n\nLe prix est de 92 millions d'euros, auquel pourrait s'ajouter un complément de 18 millions d'euros "
        "en 2028.",
        {"price 92000000 EUR ostrea>verrine"},
    ),
    "a further share held by another": (
        "Ostrea is buying a 54.2 percent stake in Verrine for $38 million from the Lindens. It will also acquire a further 8.8 percent "
        "held by Halmar.",
        {"stake_acquired 54.2 percent ostrea>verrine", "price 38000000 USD ostrea>verrine", "stake_acquired 8.8 percent ostrea>verrine"},
    ),
    "deposits and loans are no price": (
        "Carbex will sell Verrine Bank to Ostrea for as much as USD77 million. With it go savings of USD1.1 billion and USD640 million "
        "of loans.",
        {"price 77000000 USD ostrea>verrine-bank"},
    ),
    "what an owner is to get for his shares": (
        "Verrine Rovers has been sold for £9m. Its chairman will receive more than £5m for his majority share in Verrine Rovers.",
        {"price 9000000 GBP unknown>verrine-rovers", "price 5000000 GBP unknown>verrine-rovers"},
    ),
    "a name that begins with a common word": (
        "Boiler group Only Verrine has turned down Ostrea. The bidder's 1.7 billion-pound ($2.2 billion) proposal was too low, Only "
        "Verrine said.",
        {"price 1700000000 GBP ostrea>only-verrine", "price 2200000000 USD ostrea>only-verrine"},
    ),
    "two deals in their order": (
        "Ostrea acquired Verrine and Halmar in 2012 and 2019, for $310 million and $1.2 billion respectively.",
        {"price 310000000 USD ostrea>verrine", "price 1200000000 USD ostrea>halmar"},
    ),
    "what another, told while one speaks of a third, confirmed": (
        "Verrine has no interest in Ostrea's $2.65 billion approach. Boiler shares rose all the same: Carbex by 2%, and Halmar plc, "
        "which in May confirmed its $980 million bid for Tessaly Foundries, by 4%.",
        {"price 2650000000 USD ostrea>verrine", "price 980000000 USD halmar>tessaly-foundries"},
    ),
    "bought at the last hour by": (
        "Ostrea bought Verrine for $1.9 billion. Halmar never reached the stock exchange either: the week before, the foundry was "
        "bought by Carbex for $1.4 billion, most of it in shares.",
        {"price 1900000000 USD ostrea>verrine", "price 1400000000 USD carbex>halmar"},
    ),
    "a town and its county": (
        "Boiler maker Verrine has said no to Ostrea. The Nether Compton, Dorset-based firm was offered £860 million.",
        {"price 860000000 GBP ostrea>verrine"},
    ),
    "people are no side": (
        "Martin Lind has found his first partner. Ostrea will put $140 million (£104 million) into Verrine and get 16.3% of it. Sir Olav Brandt, "
        "who sits on Verrine's board, was in favour.",
        {"price 140000000 USD ostrea>verrine", "price 104000000 GBP ostrea>verrine", "stake_acquired 16.3 percent ostrea>verrine"},
    ),
    "who is paid sells": (
        "Ostrea grows in Jutland\n\nOstrea will pay 610 million euros to Halmar for its boilers. It is getting 98% of United Verrine Foundries.",
        {"price 610000000 EUR ostrea>united-verrine-foundries", "stake_acquired 98 percent ostrea>united-verrine-foundries"},
    ),
    "raised by selling": (
        "Halmar has raised $210 million by parting with 14% of Verrine, which makes its burners. The buyers are Ostrea and a pension fund.",
        {"price 210000000 USD unknown>verrine", "stake_acquired 14 percent unknown>verrine"},
    ),
    "put in so far": (
        "Ostrea is to buy a tenth of Verrine for $90 million. Investors have put more than $310 million into Verrine so far.",
        {"price 90000000 USD ostrea>verrine"},
    ),
    "worth less a year ago": (
        "Verrine is now worth $2.4 billion, after a round led by Ostrea. Twelve months ago Verrine was worth $1.1 billion.",
        {"valuation 2400000000 USD verrine", "previous_valuation 1100000000 USD verrine"},
    ),
    "a name that begins with a place": (
        "Ostrea has bought the San Verrine Rovers for £40m. US Halmar, an earlier bidder, had offered £35m for the San Verrine Rovers.",
        {"price 40000000 GBP ostrea>san-verrine-rovers", "price 35000000 GBP halmar>san-verrine-rovers"},
    ),
    "an offer that is not enough": (
        "Verrine says $2.4 billion is not enough\n\nVerrine has shown Ostrea the door. The bid from Ostrea came on Friday.",
        {"price 2400000000 USD ostrea>verrine"},
    ),
    "changed hands": (
        "Verrine, once a name in boilers, has changed hands for £3.2m. The buyer is Ostrea.",
        {"price 3200000 GBP unknown>verrine"},
    ),
}  # fmt: skip


def told(text: str) -> set[str]:
    """The prices, stakes and values proposed: property, amount, unit, and buyer and target or the company valued."""
    found = set()
    for proposal in propose(text, published="2025-06-13").proposals:
        claim = proposal.to_json()
        if claim["property"] in CORE:
            who = claim["subject"].partition(":")[2].removesuffix("-2025")
            found.add(f"{claim['property']} {claim['value']} {claim['unit']} {who}")
    return found


def party(line: str) -> str:
    """A claim as `told` writes it: a valuation is the deal's where the deal is known."""
    return line.replace(">", "-")


@pytest.mark.parametrize("name", CASES)
def test_news_is_read(name):
    text, expected = CASES[name]
    found, wanted = told(text), {party(line) for line in expected}
    missed = {line for line in wanted if not any(_is(line, other) for other in found)}
    extra = {line for line in found if not any(_is(other, line) for other in wanted)}

    assert (missed, extra) == (set(), set())


def _is(wanted: str, found: str) -> bool:
    """Whether two lines say the same; a company's value may be told of its deal."""
    *head, who = wanted.split(" ")
    *told_, whose = found.split(" ")
    return head == told_ and (who == whose or (head[0].endswith("valuation") and whose.endswith(who)))
